import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Allowance } from './endpoint-options.js';
import { RateLimitLedger } from './rate-limit-ledger.js';
import { RateLimiter } from './rate-limiter.js';

/** Counts in this process alone. A key's window opens with its first event. */
export class MemoryRateLimiter extends RateLimiter {
  private readonly ledger = new RateLimitLedger(
    ({ most, perSeconds }) => new MemoryCounter({ points: most, duration: perSeconds }),
  );

  override take(allowances: readonly Allowance[]): Promise<number> {
    return this.ledger.take(allowances);
  }
}

class MemoryCounter extends RateLimiterMemory {
  /** What is refused counts nothing, or a batch too large for the moment would lock its sender out. */
  override async consume(key: string | number, points?: number): Promise<RateLimiterRes> {
    try {
      return await super.consume(key, points);
    } catch (refused) {
      await this.reward(key, points);
      throw refused;
    }
  }
}
