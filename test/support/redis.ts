import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RedisClient } from '#libs/platform';
import { createClient } from '@redis/client';
import { freePort } from './postgres.mjs';
import { until } from './until.js';

/** A real Redis on a free port of loopback that keeps nothing, to be killed, stopped and restarted. */
export class RedisServer {
  private child: ChildProcess | null = null;

  private constructor(
    private readonly port: number,
    private readonly directory: string,
  ) {}

  static async start(): Promise<RedisServer> {
    const directory = await mkdtemp(join(tmpdir(), 'footfall-redis-'));
    const server = new RedisServer(await freePort(), directory);
    await server.restart();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** After `kill`: with nothing of what it held. */
  async restart(): Promise<void> {
    const args = ['--bind', '127.0.0.1', '--port', `${this.port}`, '--dir', this.directory];
    this.child = spawn('redis-server', [...args, '--save', '', '--appendonly', 'no'], {
      stdio: 'ignore',
    });
    await until('Redis answers', () => this.run((client) => client.ping()).then(Boolean));
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** It hangs: its connections stay open, and it takes new ones without a word. */
  hang(): void {
    this.child?.kill('SIGSTOP');
  }

  goOn(): void {
    this.child?.kill('SIGCONT');
  }

  /** On a connection of its own. */
  async run<Answer>(question: (client: RedisClient) => Promise<Answer>): Promise<Answer> {
    const client = createClient({ url: this.url, socket: { reconnectStrategy: false } });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await question(client);
    } finally {
      client.destroy();
    }
  }

  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.directory, { recursive: true, force: true });
  }
}
