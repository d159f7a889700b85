import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const CLAIM = /^lock\.(\d+)\.json$/;
const ASK_AGAIN_MS = 100;

/** Who holds a data directory, as its claim says. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
}

interface Claim extends Holder {
  readonly socket: string;
}

/** Another Footfall that is alive works in this data directory. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';

  constructor(
    readonly dataDir: string,
    readonly holder: Holder,
  ) {
    super(
      `Another Footfall works in ${dataDir}: process ${holder.pid} on ${holder.host}. ` +
        'Stop it, or give this one another DATA_DIR.',
    );
  }
}

/**
 * One living process a data directory, also after `kill -9` and across containers.
 *
 * The holder listens on a socket, which the kernel closes whatever ends the process; process ids
 * would lie. A claim is a numbered file that names the socket, made by `link`, which only one can
 * win. The highest claim counts, and it is left behind: were it removed, a slow rival could still
 * win a lower number.
 */
export class DataDirLock {
  private constructor(
    private readonly server: Server,
    private readonly socket: string,
  ) {}

  /** Waits `patienceMs` for a process that is just dying. @throws DataDirInUseError */
  static async take(dataDir: string, patienceMs = 1000): Promise<DataDirLock> {
    await mkdir(dataDir, { recursive: true });
    const directory = await realpath(dataDir);
    const socket = `lock-${randomBytes(6).toString('hex')}.sock`;
    const server = await listen(directory, socket);
    const until = Date.now() + patienceMs;
    try {
      await win(directory, socket, until);
    } catch (error) {
      await new DataDirLock(server, join(directory, socket)).release();
      throw error;
    }
    return new DataDirLock(server, join(directory, socket));
  }

  async release(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
    await rm(this.socket, { force: true });
  }
}

async function win(directory: string, socket: string, until: number): Promise<void> {
  for (;;) {
    const claims = await claimsIn(directory);
    const highest = Math.max(0, ...claims);
    const holder = await livingHolder(directory, highest);
    if (holder === null) {
      const won = await claim(directory, highest + 1, socket);
      if (won) return forget(directory, claims);
    } else if (Date.now() > until) {
      throw new DataDirInUseError(directory, holder);
    }
    await sleep(ASK_AGAIN_MS);
  }
}

async function claimsIn(directory: string): Promise<number[]> {
  const names = await readdir(directory);
  return names.flatMap((name) => {
    const number = CLAIM.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

/** Wins only where the number is free, and no higher one came meanwhile. */
async function claim(directory: string, number: number, socket: string): Promise<boolean> {
  const draft = join(directory, `${socket}.claim`);
  const mine: Claim = { pid: process.pid, host: hostname(), socket };
  await writeFile(draft, JSON.stringify(mine), { mode: 0o644 });
  try {
    await link(draft, claimFile(directory, number));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const won = Math.max(...(await claimsIn(directory))) === number;
  if (!won) await rm(claimFile(directory, number), { force: true });
  return won;
}

/** The dead before us: their claims and sockets. */
async function forget(directory: string, claims: readonly number[]): Promise<void> {
  for (const number of claims) {
    const dead = await readClaim(directory, number);
    if (dead !== null) await rm(join(directory, dead.socket), { force: true });
    await rm(claimFile(directory, number), { force: true });
  }
}

async function livingHolder(directory: string, number: number): Promise<Claim | null> {
  const claimed = await readClaim(directory, number);
  return claimed !== null && (await isAlive(directory, claimed.socket)) ? claimed : null;
}

async function readClaim(directory: string, number: number): Promise<Claim | null> {
  try {
    return JSON.parse(await readFile(claimFile(directory, number), 'utf8')) as Claim;
  } catch {
    // Missing, or cut off by a crash of the machine: nobody lives who wrote it.
    return null;
  }
}

const claimFile = (directory: string, number: number): string =>
  join(directory, `lock.${number}.json`);

function isAlive(directory: string, socket: string): Promise<boolean> {
  return withShortPath(
    directory,
    socket,
    (path) =>
      new Promise((resolve) => {
        const connection = connect(path);
        connection.once('connect', () => resolve(true));
        // Busy (EAGAIN) is alive; refused or missing is not.
        connection.once('error', ({ code }: NodeJS.ErrnoException) =>
          resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'),
        );
        connection.once('connect', () => connection.destroy());
      }),
  );
}

async function listen(directory: string, socket: string): Promise<Server> {
  const server = createServer((connection) => connection.destroy());
  await withShortPath(
    directory,
    socket,
    (path) =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(path, resolve);
      }),
  );
  // The lock alone keeps no process alive.
  return server.unref();
}

/** A socket's path may have about 100 bytes: the directory gets a short second name meanwhile. */
async function withShortPath<Result>(
  directory: string,
  socket: string,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  if (process.platform === 'win32') return use(`\\\\.\\pipe\\footfall-${socket}`);
  if (Buffer.byteLength(join(directory, socket)) < 100) return use(join(directory, socket));
  const shortcut = join(tmpdir(), `footfall-${randomBytes(6).toString('hex')}`);
  await symlink(directory, shortcut);
  try {
    return await use(join(shortcut, socket));
  } finally {
    await rm(shortcut, { force: true });
  }
}
