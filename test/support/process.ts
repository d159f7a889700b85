import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeFlags } from '../../scripts/node-flags.mjs';
import { makeDataDir } from './data-dir.js';
import { freePort } from './postgres.mjs';
import { until } from './until.js';

const MAIN = join(import.meta.dirname, '../../dist/apps/server/src/main.js');

export interface ProcessOptions {
  readonly settings?: NodeJS.ProcessEnv;
  /** Kept by whoever made it; else a temporary one, removed by `dispose`. */
  readonly dataDir?: string;
  readonly port?: number;
  /** As after `npm start --`. */
  readonly args?: readonly string[];
}

/** A Footfall in a process of its own, as a user starts it, to be stopped and killed. */
export class FootfallProcess {
  stdout = '';
  stderr = '';
  readonly exited: Promise<number | null>;

  private constructor(
    readonly child: ChildProcess,
    readonly url: string,
    readonly dataDir: string,
    readonly port: number,
    private readonly isOurs: boolean,
  ) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.exited = once(child, 'exit').then(([code]) => code as number | null);
  }

  /** Does not wait until it answers: `answering` does. */
  static async spawn({ settings = {}, dataDir, port, args = [] }: ProcessOptions = {}) {
    const directory = dataDir ?? (await makeDataDir());
    const at = port ?? (await freePort());
    const child = spawn(process.execPath, [...nodeFlags, MAIN, ...args], {
      // A group of its own, so that a test can kill all of it; PostgreSQL detaches from it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        DATA_DIR: directory,
        PORT: String(at),
        EVENT_LOG_MIN_FREE_BYTES: '0',
        SHUTDOWN_GRACE_MS: '0',
        ...settings,
      },
    });
    return new FootfallProcess(child, `http://127.0.0.1:${at}`, directory, at, !dataDir);
  }

  static async start(options: ProcessOptions = {}): Promise<FootfallProcess> {
    const footfall = await FootfallProcess.spawn(options);
    await footfall.answering();
    return footfall;
  }

  /** It takes events; the database may still be away. */
  async answering(): Promise<void> {
    await this.whileAlive('it answers', async () => (await this.livez()) === 200);
  }

  /** Database, offers and keys are there too. */
  async ready(): Promise<void> {
    await this.whileAlive('it is ready', async () => {
      const response = await fetch(`${this.url}/readyz`);
      return ((await response.json()) as { status: string }).status === 'ok';
    });
    await this.whileAlive('the greeting is printed', () =>
      this.stderr.includes('Footfall listens'),
    );
  }

  post(path: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return fetch(this.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async asAdmin(method: string, path: string, body?: object): Promise<Response> {
    const key = (await readFile(join(this.dataDir, 'admin.key'), 'utf8')).trim();
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    return fetch(this.url + path, { method, headers, ...init });
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Node alone: what it started lives on. */
  async kill9(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  /** Node and all that shares its process group. */
  async killGroup(): Promise<void> {
    if (this.child.pid !== undefined && this.child.exitCode === null) {
      process.kill(-this.child.pid, 'SIGKILL');
    }
    await this.exited;
  }

  /** Orderly, by SIGTERM; answers the exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.signal('SIGTERM');
    return this.exited;
  }

  async dispose(): Promise<void> {
    await this.stop();
    if (this.isOurs) await rm(this.dataDir, { recursive: true, force: true });
  }

  private async livez(): Promise<number> {
    return (await fetch(`${this.url}/livez`)).status;
  }

  private async whileAlive(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    await until(`${what}\n${this.stderr}`, () => this.hasEnded || holds(), 30_000);
    if (this.hasEnded) throw new Error(`It ended before ${what}:\n${this.stderr}`);
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}
