import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { letPass, type ServerUser } from './server-user.js';

/** Where data and binaries live when the server's user cannot enter the data directory. */
const ELSEWHERE = '/var/lib/footfall';

/** Where the embedded server keeps its things. */
export interface ServerHome {
  /** PostgreSQL's data directory; may not exist yet. */
  readonly cluster: string;
  /** Where copies of the binaries go, where they are needed. */
  readonly copies: string;
  readonly passwordFile: string;
  readonly logFile: string;
}

/** Finds the home of a data directory, or chooses one and writes it down. */
export async function serverHome(
  dataDir: string,
  user: ServerUser | null,
  elsewhere = ELSEWHERE,
): Promise<ServerHome> {
  const cluster = (await knownCluster(dataDir)) ?? (await chooseCluster(dataDir, user, elsewhere));
  if (user !== null && !(await letPass(user, dirname(cluster)))) {
    throw new Error(
      `PostgreSQL runs as the user "${user.name}", who cannot enter ${dirname(cluster)} any more: ` +
        'let that user pass (chmod o+x) the directory and those that it is in.',
    );
  }
  if (!cluster.startsWith(dataDir)) await assertBelongs(dirname(cluster), dataDir);
  return {
    cluster,
    copies: user === null ? dataDir : elsewhere,
    passwordFile: passwordFileOf(dataDir),
    logFile: join(dataDir, 'postgres.log'),
  };
}

/** Where the cluster of a data directory is, or null where none was made yet. */
export async function knownCluster(dataDir: string): Promise<string | null> {
  const text = await readFile(noteFile(dataDir), 'utf8').catch(() => null);
  if (text === null) return null;
  const { cluster } = JSON.parse(text) as { readonly cluster: string };
  return isAbsolute(cluster) ? cluster : join(dataDir, cluster);
}

/** Whether this data directory has a database: a Footfall was started in it once. */
export const hasCluster = async (dataDir: string): Promise<boolean> =>
  (await knownCluster(dataDir)) !== null;

export const passwordFileOf = (dataDir: string): string => join(dataDir, 'postgres.password');

const noteFile = (dataDir: string): string => join(dataDir, 'postgres.json');

async function chooseCluster(
  dataDir: string,
  user: ServerUser | null,
  elsewhere: string,
): Promise<string> {
  const inside = user === null || (await letPass(user, dataDir));
  // Relative where it can be: the data directory may be moved.
  const cluster = inside ? 'postgres' : join(await makeElsewhere(dataDir, elsewhere), 'postgres');
  const note = noteFile(dataDir);
  await writeFile(`${note}.new`, JSON.stringify({ cluster }), { flush: true });
  await rename(`${note}.new`, note);
  return isAbsolute(cluster) ? cluster : join(dataDir, cluster);
}

/** Named by chance too: a data directory that was removed and made again starts anew. */
async function makeElsewhere(dataDir: string, elsewhere: string): Promise<string> {
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const folder = join(elsewhere, `${hash}-${randomBytes(4).toString('hex')}`);
  await mkdir(folder, { recursive: true });
  await chmod(elsewhere, 0o755);
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'data-dir'), dataDir);
  return folder;
}

/** A copy of the data directory would otherwise share its server with the original. */
async function assertBelongs(folder: string, dataDir: string): Promise<void> {
  const owner = await readFile(join(folder, 'data-dir'), 'utf8').catch(() => null);
  if (owner === dataDir) return;
  throw new Error(
    `The database in ${folder} belongs to the data directory ${owner ?? 'of nobody'}, not to ` +
      `${dataDir}. If it was moved, write its new path into ${join(folder, 'data-dir')}.`,
  );
}

/** @throws where the database was made by another user than the one who would run it now. */
export async function assertOwned(cluster: string, user: ServerUser | null): Promise<void> {
  const mine = user?.uid ?? process.getuid?.();
  const { uid } = await stat(cluster);
  if (mine === undefined || uid === mine) return;
  throw new Error(
    `The database in ${cluster} belongs to user id ${uid}, and would be run by ${mine}: start ` +
      'Footfall as the user who started it first, or give it another DATA_DIR.',
  );
}
