import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { BackOff, pause } from '../back-off.js';
import { Config } from '../config/config.js';
import { Probes } from '../health/probes.js';
import { Metrics } from '../metrics/metrics.js';
import { RedisAwayError } from './redis-away.error.js';
import { type RedisClient, RedisLink } from './redis-link.js';
import { RedisLog } from './redis.log.js';

const LISTEN_EVERY_MS = 2000;

/**
 * The process's one connection to Redis, for what may be lost: counts and copies, never events.
 *
 * It connects in the background and again for ever; nobody waits for it. Whoever asks gets an answer
 * in time or a `RedisAwayError` at once, and has a way to go on without.
 */
@Injectable()
export class Redis implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new RedisLog();
  private readonly stopping = new AbortController();
  private readonly url: string | undefined;
  private link: RedisLink | null = null;
  private running: Promise<void> | null = null;

  constructor(
    { REDIS_URL }: Config,
    private readonly metrics: Metrics,
    private readonly probes: Probes,
  ) {
    this.url = REDIS_URL;
  }

  /** Whether processes share one at all. */
  get isConfigured(): boolean {
    return this.url !== undefined;
  }

  get isAnswering(): boolean {
    return this.link?.isAnswering ?? false;
  }

  /**
   * Asks with a time limit.
   *
   * @throws RedisAwayError, at once while Redis is known to be away; or what Redis itself says.
   */
  async ask<Answer>(
    limitMs: number,
    question: (client: RedisClient) => Promise<Answer>,
  ): Promise<Answer> {
    if (!this.link?.isAnswering) throw new RedisAwayError('Redis is away');
    return this.link.ask(limitMs, question);
  }

  onApplicationBootstrap(): void {
    if (this.url === undefined) return;
    this.metrics.gauge('redis_up', '1 while Redis answers.', [], (gauge) =>
      gauge.set(this.isAnswering ? 1 : 0),
    );
    this.probes.add({
      name: 'redis',
      vital: false,
      ails: () => (this.isAnswering ? null : 'Redis does not answer'),
    });
    this.running = this.stayConnected(this.url);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async stayConnected(url: string): Promise<void> {
    const { signal } = this.stopping;
    const backOff = new BackOff();
    while (!signal.aborted) {
      try {
        this.link = await RedisLink.open(url, signal);
        backOff.reset();
        this.log.connected();
        await listenTo(this.link);
      } catch (error) {
        if (!signal.aborted) this.log.lost(error);
      }
      await pause(backOff.next(), signal);
    }
  }
}

/** Or nobody would notice that a Redis hangs which nobody asks. @throws why the link ended. */
async function listenTo(link: RedisLink): Promise<never> {
  for (;;) {
    await pause(LISTEN_EVERY_MS, link.over);
    link.over.throwIfAborted();
    await link.listen();
  }
}
