import { Cache } from '@nestjs/cache-manager';
import { Injectable } from '@nestjs/common';
import { AnswerStore } from './answer-store.js';
import { isRemembered, type Remembered } from './cache-keys.js';
import { CacheMetrics } from './cache.metrics.js';

/**
 * Answers of dashboards, kept for a while. What is wrong with the cache makes an answer slower and
 * is counted; whoever asks never hears of it.
 */
@Injectable()
export class DashboardCache {
  /** The questions that the database is being asked, by key. */
  private readonly running = new Map<string, Promise<unknown>>();

  constructor(
    private readonly cache: Cache,
    private readonly store: AnswerStore,
    private readonly metrics: CacheMetrics,
  ) {
    cache.on('get', ({ error }) => {
      if (error !== undefined) metrics.errors.inc();
    });
  }

  /**
   * The answer kept under the key, else a fresh one, which is kept. Whoever misses while the same
   * question is being answered waits for that answer. `passBy` asks anew in any case.
   *
   * The answer is what JSON can hold, and belongs to everybody: nobody changes it. An error is
   * everybody's who waits for it, and is not kept.
   */
  async through<Answer>(
    key: string,
    ttlMs: number,
    passBy: boolean,
    fresh: () => Promise<Answer>,
  ): Promise<Answer> {
    if (passBy) {
      this.metrics.passedBy.inc();
      return this.ask(key, ttlMs, fresh);
    }
    const kept = await this.cache.get<Answer>(key);
    if (kept !== undefined) {
      this.metrics.hits.inc();
      return kept;
    }
    const running = this.running.get(key);
    if (running !== undefined) {
      this.metrics.shared.inc();
      return running as Promise<Answer>;
    }
    this.metrics.misses.inc();
    return this.ask(key, ttlMs, fresh);
  }

  /**
   * Forgets what is kept, and keeps nothing of what is being answered. Without Redis each process
   * has a cache of its own, and those of others keep what they have until its time is over.
   *
   * @throws RedisAwayError where Redis cannot be told.
   */
  async forget(remembered: Remembered): Promise<void> {
    for (const key of this.running.keys()) {
      if (isRemembered(remembered, key)) this.running.delete(key);
    }
    for await (const keys of this.store.keysFrom(remembered.beginning)) {
      const meant = keys.filter((key) => isRemembered(remembered, key));
      await Promise.all(meant.map((key) => this.store.delete(key)));
    }
  }

  private ask<Answer>(key: string, ttlMs: number, fresh: () => Promise<Answer>): Promise<Answer> {
    // A later question, or one to forget, has taken its place: what it brings may be out of date.
    const isCurrent = (): boolean => this.running.get(key) === running;
    const running = this.askAndKeep(key, ttlMs, fresh, isCurrent).finally(() => {
      if (isCurrent()) this.running.delete(key);
    });
    this.running.set(key, running);
    return running;
  }

  private async askAndKeep<Answer>(
    key: string,
    ttlMs: number,
    fresh: () => Promise<Answer>,
    isCurrent: () => boolean,
  ): Promise<Answer> {
    const answer = await fresh();
    if (!isCurrent()) return answer;
    try {
      await this.cache.set(key, answer, ttlMs);
    } catch {
      this.metrics.errors.inc();
    }
    return answer;
  }
}
