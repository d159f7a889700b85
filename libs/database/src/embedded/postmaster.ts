import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { SERVER_ENV } from './cluster.js';
import { pidFileOf, readPidFile } from './pid-file.js';
import { childrenOf, commandOf, isRunning, signal } from './processes.js';
import type { ServerBinaries } from './server-binaries.js';
import type { ServerHome } from './server-home.js';
import type { ServerUser } from './server-user.js';

const run = promisify(execFile);

const LOOK_AGAIN_MS = 25;
const LOG_BYTES = 10_000_000;
/** A fast shutdown writes a checkpoint; an immediate one recovers at the next start. */
const FAST_MS = 20_000;
const IMMEDIATE_MS = 5000;

/** A server that runs: ours, or one that a killed Footfall left behind. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

export interface ServerParts {
  readonly home: ServerHome;
  readonly binaries: ServerBinaries;
  readonly user: ServerUser | null;
  /** That it serves at once. */
  readonly connections: number;
}

/** The server ended before it accepted connections; its own words are in the message. */
export class ServerNotStartedError extends Error {
  override readonly name = 'ServerNotStartedError';
}

const settings = (port: number, connections: number): string[] =>
  [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `max_connections=${connections}`,
    // A question over two years of daily partitions locks 5000 tables and indexes.
    'max_locks_per_transaction=512',
    'shared_buffers=128MB',
    'max_wal_size=1GB',
    'timezone=UTC',
    'log_timezone=UTC',
    'logging_collector=off',
    'log_min_messages=warning',
    // What senders sent must not get into a log by way of an error's context.
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    'client_connection_check_interval=10s',
    'jit=off',
  ].flatMap((setting) => ['-c', setting]);

/**
 * Starts the server in a session of its own: neither Ctrl-C nor a signal to our group reaches it,
 * and it is stopped when we say so. Resolves when it accepts connections, however long it recovers.
 *
 * @throws ServerNotStartedError
 */
export async function startServer(parts: ServerParts, port: number): Promise<Postmaster> {
  const { home, binaries, user, connections } = parts;
  const from = await trimLog(home.logFile);
  const log = openSync(home.logFile, 'a', 0o600);
  const child = spawn(binaries.postgres, ['-D', home.cluster, ...settings(port, connections)], {
    cwd: home.cluster,
    env: SERVER_ENV,
    detached: true,
    stdio: ['ignore', log, log],
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  closeSync(log);
  child.unref();
  const ended = endOf(child);
  for (;;) {
    if (ended.aborted) {
      throw new ServerNotStartedError(
        `PostgreSQL did not start: ${await wordsOf(home.logFile, from, ended.reason)}`,
      );
    }
    const file = await readPidFile(home.cluster);
    if (file !== null && file.pid === child.pid && file.ready) return { pid: file.pid, port };
    await sleep(LOOK_AGAIN_MS);
  }
}

/** Aborted when the process is gone; its reason says how. */
function endOf(child: ChildProcess): AbortSignal {
  const end = new AbortController();
  child.once('error', (error) => end.abort(error.message));
  child.once('exit', (code, name) => end.abort(name ?? `exit code ${code}`));
  return end.signal;
}

/** Keeps one older log. Answers where the new words begin. */
async function trimLog(logFile: string): Promise<number> {
  const size = await stat(logFile).then(
    (known) => known.size,
    () => 0,
  );
  if (size < LOG_BYTES) return size;
  await rename(logFile, `${logFile}.1`);
  return 0;
}

async function wordsOf(logFile: string, from: number, otherwise: unknown): Promise<string> {
  const file = await open(logFile, 'r');
  try {
    const { buffer, bytesRead } = await file.read({ position: from, buffer: Buffer.alloc(2000) });
    return buffer.toString('utf8', 0, bytesRead).trim() || String(otherwise);
  } finally {
    await file.close();
  }
}

/**
 * Stops the server and waits until it is gone: in good order, else at once, else by force. Nothing
 * that was committed is lost either way.
 */
export async function stopServer(
  pid: number,
  parts: ServerParts,
  mode: 'fast' | 'immediate' = 'fast',
): Promise<void> {
  if (process.platform === 'win32') {
    await run(parts.binaries.pgCtl, ['stop', '-D', parts.home.cluster, '-m', mode, '-w']);
    return;
  }
  const steps = [
    ['SIGINT', mode === 'fast' ? FAST_MS : 0],
    ['SIGQUIT', IMMEDIATE_MS],
    ['SIGKILL', IMMEDIATE_MS],
  ] as const;
  for (const [name, patienceMs] of steps) {
    // By force, its children too: they would hold its shared memory, and the next start with it.
    const family = name === 'SIGKILL' ? [...(await childrenOf(pid)), pid] : [pid];
    for (const member of family) signal(member, name);
    if (await isGone(pid, patienceMs)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not end`);
}

async function isGone(pid: number, patienceMs: number): Promise<boolean> {
  const until = Date.now() + patienceMs;
  while (await isRunning(pid)) {
    if (Date.now() > until) return false;
    await sleep(LOOK_AGAIN_MS);
  }
  return true;
}

/**
 * The server that a killed Footfall left behind, or null. Only the holder of the data directory's
 * lock may ask. A pid file whose process is gone, or became another program, is removed.
 */
export async function findOrphan({ home }: ServerParts): Promise<number | null> {
  const file = await readPidFile(home.cluster);
  if (file === null) return null;
  if ((await isRunning(file.pid)) && (await isServerOf(file.pid, home.cluster))) return file.pid;
  await rm(pidFileOf(home.cluster), { force: true });
  return null;
}

/** On Windows nobody is asked: a process with that id is taken for the server. */
async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  return process.platform === 'win32' || (await commandOf(pid)).includes(cluster);
}
