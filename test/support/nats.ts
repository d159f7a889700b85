import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ConsumerInfo,
  jetstream,
  type JetStreamManager,
  jetstreamManager,
} from '@nats-io/jetstream';
import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';
import { freePort } from './postgres.mjs';
import { until } from './until.js';

export const STREAM = 'COMMERCE';
const AT_ONCE = 500;

interface Options {
  /** More arguments of the server, such as credentials. */
  readonly args?: readonly string[];
  /** How a test's own client enters. */
  readonly entry?: ConnectionOptions;
}

/** A real NATS server with JetStream on a free port of loopback, to be killed and restarted. */
export class NatsServerProcess {
  private child: ChildProcess | null = null;

  private constructor(
    readonly port: number,
    private readonly directory: string,
    private readonly options: Options,
  ) {}

  static async start(options: Options = {}): Promise<NatsServerProcess> {
    const server = await NatsServerProcess.absent(options);
    await server.restart();
    return server;
  }

  /** Its port is known, and nobody listens there before `restart`. */
  static async absent(options: Options = {}): Promise<NatsServerProcess> {
    const directory = await mkdtemp(join(tmpdir(), 'footfall-nats-'));
    return new NatsServerProcess(await freePort(), directory, options);
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  get url(): string {
    return `nats://${this.address}`;
  }

  /** On the same port, with what it stored. */
  async restart(): Promise<void> {
    const place = ['-a', '127.0.0.1', '-p', `${this.port}`, '-js', '-sd', this.directory];
    this.child = spawn('nats-server', [...place, ...(this.options.args ?? [])], {
      stdio: 'ignore',
    });
    await until('NATS answers', () =>
      this.manage(async (manager) => {
        await manager.getAccountInfo();
        return true;
      }),
    );
  }

  kill9(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** It hangs: its connections stay open, and it takes new ones without a word. */
  hang(): void {
    this.child?.kill('SIGSTOP');
  }

  goOn(): void {
    this.child?.kill('SIGCONT');
  }

  /** Forgets what it stored; to be called while it is down. */
  async forget(): Promise<void> {
    await rm(join(this.directory, 'jetstream'), { recursive: true, force: true });
  }

  /** On a connection of its own. */
  async run<Answer>(work: (connection: NatsConnection) => Promise<Answer>): Promise<Answer> {
    const { entry } = this.options;
    const connection = await connect({ servers: this.address, reconnect: false, ...entry });
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  }

  manage<Answer>(work: (manager: JetStreamManager) => Promise<Answer>): Promise<Answer> {
    return this.run(async (connection) => work(await jetstreamManager(connection)));
  }

  /** As the publisher of commerce events does: no headers, nothing is acknowledged. */
  async publish(messages: Iterable<readonly [subject: string, body: string | Uint8Array]>) {
    await this.run(async (connection) => {
      for (const [subject, body] of messages) connection.publish(subject, body);
      await connection.flush();
    });
  }

  /** Resolves once the stream has acknowledged every one. */
  async store(messages: readonly (readonly [subject: string, body: string])[]): Promise<void> {
    await this.run(async (connection) => {
      const stream = jetstream(connection);
      for (let at = 0; at < messages.length; at += AT_ONCE) {
        const some = messages.slice(at, at + AT_ONCE);
        await Promise.all(
          some.map(([subject, body]) => stream.publish(subject, body, { timeout: 30_000 })),
        );
      }
    });
  }

  consumer(name = 'footfall'): Promise<ConsumerInfo> {
    return this.manage((manager) => manager.consumers.info(STREAM, name));
  }

  /** Resolves once the stream exists and has a consumer. */
  async isConsumed(name = 'footfall'): Promise<void> {
    await until('the stream is consumed', async () => Boolean(await this.consumer(name)));
  }

  /** Resolves once every message of the stream is acknowledged. */
  async isEmptied(withinMs = 20_000): Promise<void> {
    await until(
      'every message is acknowledged',
      async () => {
        const { num_pending: pending, num_ack_pending: unacknowledged } = await this.consumer();
        return pending + unacknowledged === 0;
      },
      withinMs,
    );
  }

  async dispose(): Promise<void> {
    await this.end('SIGKILL');
    await rm(this.directory, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    this.child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}
