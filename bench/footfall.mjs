import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isInMemory } from './sync-probe.mjs';
import { nodeFlags } from '../scripts/node-flags.mjs';

const MAIN = fileURLToPath(new URL('../dist/apps/server/src/main.js', import.meta.url));
const LOOK_AGAIN_MS = 10;
/** A look at the backlog is a scrape, which costs what is measured some milliseconds of its time. */
const SCRAPE_AGAIN_MS = 50;
const START_MS = 60_000;
const DRAIN_MS = 120_000;
const STOP_MS = 40_000;

/** A Footfall as `npm start` makes it, with everything on, in a data directory of its own. */
export class Footfall {
  #child;
  #logFile;
  #said = '';
  #adminKey = null;

  constructor(child, port, dataDir, logFile) {
    this.#child = child;
    this.#logFile = logFile;
    this.port = port;
    this.pid = child.pid;
    this.dataDir = dataDir;
    this.exited = once(child, 'exit');
    child.stderr.setEncoding('utf8').on('data', (text) => (this.#said += text));
  }

  /**
   * Resolves when senders are answered and offers, database and keys are there.
   * `nodeOptions` go to Node itself, for a profile.
   */
  static async start(nodeOptions = []) {
    const dataDir = await makeDataDir();
    const port = await freePort();
    const logFile = join(dataDir, 'footfall.log');
    const log = await open(logFile, 'w');
    const startedMs = performance.now();
    const child = spawn(process.execPath, [...nodeFlags, ...nodeOptions, MAIN], {
      // A group of its own, so that Ctrl-C reaches it only by way of `stop`.
      detached: true,
      stdio: ['ignore', log.fd, 'pipe'],
      env: {
        PATH: process.env.PATH,
        DATA_DIR: dataDir,
        PORT: String(port),
        SHUTDOWN_GRACE_MS: '0',
        NODE_ENV: 'production',
        ANALYTICS_KEY_RATE_LIMIT: '0',
      },
    });
    await log.close();
    const footfall = new Footfall(child, port, dataDir, logFile);
    try {
      await footfall.#until('Footfall is ready', () => footfall.#isReady(), START_MS);
      footfall.coldStartMs = performance.now() - startedMs;
      return footfall;
    } catch (error) {
      await footfall.stop();
      await footfall.removeData();
      throw error;
    }
  }

  /** The process id of its PostgreSQL, whose children are its backends. */
  async postgresPid() {
    const { cluster } = JSON.parse(await readFile(join(this.dataDir, 'postgres.json'), 'utf8'));
    const [pid] = (await readFile(join(this.dataDir, cluster, 'postmaster.pid'), 'utf8')).split(
      '\n',
    );
    return Number(pid);
  }

  async putOffers(offers) {
    for (const { offerId, ...offer } of offers) {
      const put = async () => (await this.#sendJson('PUT', `/offers/${offerId}`, offer)).ok;
      // A key made just now is known to the process a moment later.
      await this.#until('an offer is taken', put, START_MS);
    }
  }

  /** The headers of a sender with a key of this scope. */
  async keyHeaders(scope) {
    const answer = await this.#sendJson('POST', '/keys', { name: 'bench', scopes: [scope] });
    if (!answer.ok) throw new Error(`no key of ${scope}: ${await answer.text()}`);
    const headers = { Authorization: `Bearer ${(await answer.json()).key}` };
    const isKnown = async () => {
      // A list that this key does not open: 403 once the key is known, 401 before.
      const { status } = await fetch(this.#url('/keys'), { headers });
      return status === 403;
    };
    await this.#until(`a key of ${scope} is known`, isKnown, START_MS);
    return headers;
  }

  /** Figures of `/metrics` without labels, or summed over them, by name without the prefix. */
  async figures() {
    const text = await (await fetch(this.#url('/metrics'))).text();
    const figures = {};
    for (const line of text.split('\n')) {
      const [, name, value] = /^footfall_(\w+)(?:\{.*\})? (\S+)$/.exec(line) ?? [];
      if (name) figures[name] = (figures[name] ?? 0) + Number(value);
    }
    return figures;
  }

  async backlog() {
    return (await this.figures()).event_log_records;
  }

  /** Resolves when the event log is empty; answers the milliseconds that it took. */
  async drained() {
    const startedMs = performance.now();
    const isEmpty = async () => (await this.backlog()) === 0;
    await this.#until('the event log is empty', isEmpty, DRAIN_MS, SCRAPE_AGAIN_MS);
    return performance.now() - startedMs;
  }

  /** How many log lines are of a type. */
  async countLogLines(type) {
    let count = 0;
    for await (const line of createInterface(createReadStream(this.#logFile))) {
      if (line.includes(`"type":"${type}"`)) count++;
    }
    return count;
  }

  /** Ends it and its PostgreSQL, in good order where that is possible. */
  async stop() {
    if (this.#hasEnded) return;
    this.#child.kill('SIGTERM');
    const ended = await Promise.race([this.exited, pause(STOP_MS, null, { ref: false })]);
    if (ended !== null) return;
    this.#child.kill('SIGKILL');
    await this.exited;
    process.kill(await this.postgresPid(), 'SIGQUIT');
  }

  async removeData() {
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }

  get #hasEnded() {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** A call with the administrator's key. */
  async asAdmin(method, path, { headers, body } = {}) {
    // Read once: a question is timed, and its key is not what it costs.
    this.#adminKey ??= (await readFile(join(this.dataDir, 'admin.key'), 'utf8')).trim();
    return fetch(this.#url(path), {
      method,
      headers: { authorization: `Bearer ${this.#adminKey}`, ...headers },
      body,
    });
  }

  #sendJson(method, path, body) {
    const headers = { 'content-type': 'application/json' };
    return this.asAdmin(method, path, { headers, body: JSON.stringify(body) });
  }

  #url(path) {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  async #isReady() {
    const response = await fetch(this.#url('/readyz')).catch(() => null);
    if (response === null || (await response.json()).status !== 'ok') return false;
    return readFile(join(this.dataDir, 'admin.key')).then(
      () => true,
      () => false,
    );
  }

  async #until(what, holds, limitMs, lookAgainMs = LOOK_AGAIN_MS) {
    const endMs = performance.now() + limitMs;
    while (!(await holds())) {
      if (this.#hasEnded) throw new Error(`Footfall ended before ${what}\n${this.#said}`);
      if (performance.now() > endMs)
        throw new Error(`Not within ${limitMs} ms: ${what}\n${this.#said}`);
      await pause(lookAgainMs);
    }
  }
}

/** On a disk, and such that another user may pass: as root, PostgreSQL runs as one. */
async function makeDataDir() {
  const parent = (await isInMemory(tmpdir())) ? '/var/tmp' : tmpdir();
  const directory = await mkdtemp(join(parent, 'footfall-bench-'));
  await chmod(directory, 0o711);
  return directory;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
