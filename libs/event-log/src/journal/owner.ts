import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { nodeFiles, syncDirectory } from './files.js';

const SOCKET = 'owner.sock';
/** Written where the socket cannot lie in the directory. */
const ADDRESS = 'owner.address';
/** The kernel takes 107 bytes on Linux and 103 elsewhere. */
const LONGEST_ADDRESS = 100;
const CONNECT_WITHIN_MS = 1000;

/**
 * The claim of this process on a directory, for as long as it lives: a listening socket in it.
 *
 * A process id would say less, since ids are given again and mean nothing in another container.
 */
export class Owner {
  private constructor(
    readonly id: string,
    readonly directory: string,
    private readonly server: Server,
    private readonly handle: FileHandle | null,
  ) {}

  /** Makes a directory of its own in `root`. It appears there only once its owner is heard. */
  static async settle(root: string): Promise<Owner> {
    const id = randomUUID();
    const hidden = join(root, `.${id}`);
    await mkdir(root, { recursive: true, mode: 0o700 });
    await mkdir(hidden, { mode: 0o700 });
    const { server, handle } = await listen(id, hidden);
    const directory = join(root, id);
    await rename(hidden, directory);
    await syncDirectory(nodeFiles, root);
    await syncDirectory(nodeFiles, dirname(root));
    return new Owner(id, directory, server, handle);
  }

  /** From now on the directory is anybody's. */
  async leave(): Promise<void> {
    await new Promise((done) => this.server.close(done));
    await this.handle?.close();
    await rm(join(this.directory, SOCKET), { force: true });
  }
}

/**
 * Whether a process listens in the directory. Only a refusal and an absence say no: in doubt the
 * owner lives, because two readers of a journal that is written would lose events.
 */
export async function isOwned(directory: string): Promise<boolean> {
  try {
    const { path, handle } = await addressIn(directory);
    const alive = await answers(path);
    await handle?.close();
    return alive;
  } catch (error) {
    return !isAbsence(error);
  }
}

interface Address {
  readonly path: string;
  /** To be closed when the address is not needed any more. */
  readonly handle: FileHandle | null;
}

async function listen(id: string, directory: string): Promise<Address & { server: Server }> {
  const inside = await insideOf(directory);
  if (inside !== null) {
    try {
      return { ...inside, server: await serve(inside.path) };
    } catch {
      await inside.handle?.close(); // a volume that holds no sockets
    }
  }
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\${id}` : join(tmpdir(), `${id}.sock`);
  const server = await serve(path);
  await writeFile(join(directory, ADDRESS), path, { mode: 0o600 });
  return { path, handle: null, server };
}

async function addressIn(directory: string): Promise<Address> {
  try {
    return { path: await readFile(join(directory, ADDRESS), 'utf8'), handle: null };
  } catch (error) {
    const inside = isAbsence(error) ? await insideOf(directory) : null;
    if (inside === null) throw error;
    return inside;
  }
}

const isAbsence = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** The socket in a directory; by way of an open directory where its path would be too long. */
async function insideOf(directory: string): Promise<Address | null> {
  if (process.platform === 'win32') return null;
  const path = join(directory, SOCKET);
  if (Buffer.byteLength(path) <= LONGEST_ADDRESS) return { path, handle: null };
  if (process.platform !== 'linux') return null;
  const handle = await open(directory, 'r');
  return { path: join('/proc/self/fd', String(handle.fd), SOCKET), handle };
}

function serve(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((caller) => caller.destroy());
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve(server.unref());
    });
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const settle = (alive: boolean): void => {
      socket.destroy();
      resolve(alive);
    };
    socket.setTimeout(CONNECT_WITHIN_MS, () => settle(true));
    socket.once('connect', () => settle(true));
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      settle(code !== 'ECONNREFUSED' && code !== 'ENOENT'),
    );
  });
}
