import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { until } from './until.js';

/** `commit`: it never reaches PostgreSQL; `committed`: it does, and the answer is swallowed. */
export type Moment = 'commit' | 'committed';

/** Tables that transactions of jobs begin with. */
const NOTES_OF_JOBS = ['projector_cursors', 'touched_days', 'job_leases'];

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  swallowed: boolean;
  /** Whether its transaction is one of the jobs that keep the figures, and not the event writer's. */
  isOfAJob: boolean;
}

/**
 * A way to PostgreSQL that can swallow: connections stay open and nothing comes through, in
 * either direction, as when a router forgets them. What was swallowed stays lost once it heals;
 * only connections made afterwards work.
 */
export class SwallowingProxy {
  private readonly pairs = new Set<Pair>();
  private awaited: Moment | null = null;
  private swallowing = false;
  private readonly server: Server;

  private constructor(private readonly target: URL) {
    this.server = createServer((near) => this.join(near));
  }

  static async before(url: string): Promise<SwallowingProxy> {
    const proxy = new SwallowingProxy(new URL(url));
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  /** As PostgreSQL's own, by way of the proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  /** Resolves when a transaction has met that moment and every connection is half open. */
  async swallowAt(moment: Moment): Promise<void> {
    this.awaited = moment;
    await until(`a ${moment}`, () => this.swallowing);
  }

  heal(): void {
    this.swallowing = false;
  }

  async close(): Promise<void> {
    for (const { near, far } of this.pairs) {
      near.destroy();
      far.destroy();
    }
    this.server.close();
    await once(this.server, 'close');
  }

  private join(near: Socket): void {
    const far = connect(Number(this.target.port), this.target.hostname);
    const pair: Pair = { near, far, swallowed: this.swallowing, isOfAJob: false };
    this.pairs.add(pair);
    near.on('data', (bytes: Buffer) => this.ask(pair, bytes));
    far.on('data', (bytes: Buffer) => {
      if (!pair.swallowed) near.write(bytes);
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.on('error', () => undefined);
      // Neither side of a half-open connection hears that the other let go of it.
      socket.on('close', () => {
        if (!pair.swallowed) other.destroy();
      });
    }
  }

  private ask(pair: Pair, bytes: Buffer): void {
    if (bytes.includes('START TRANSACTION') || bytes.includes('BEGIN')) pair.isOfAJob = false;
    if (NOTES_OF_JOBS.some((table) => bytes.includes(table))) pair.isOfAJob = true;
    if (this.awaited !== null && !pair.isOfAJob && bytes.includes('COMMIT')) {
      if (this.awaited === 'committed') pair.far.write(bytes);
      this.swallow();
    }
    if (!pair.swallowed) pair.far.write(bytes);
  }

  private swallow(): void {
    this.awaited = null;
    this.swallowing = true;
    for (const pair of this.pairs) pair.swallowed = true;
  }
}
