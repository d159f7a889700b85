import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { Allowance } from './endpoint-options.js';

/** Counts for one amount and window. What it refuses, it does not count. */
export type Counter = Pick<RateLimiterAbstract, 'consume' | 'reward'>;

interface Draw {
  readonly allowance: Allowance;
  points: number;
}

/** Draws on several allowances at once, all or nothing, in one counter an amount and window. */
export class RateLimitLedger {
  /** Declarations hold few of them. */
  private readonly counters = new Map<string, Counter>();

  constructor(private readonly makeCounter: (limits: Omit<Allowance, 'key'>) => Counter) {}

  /** As `RateLimiter.take` promises. */
  async take(allowances: readonly Allowance[]): Promise<number> {
    const taken: Draw[] = [];
    for (const draw of summed(allowances)) {
      const waitMs = await this.draw(draw);
      if (waitMs > 0) {
        await this.giveBack(taken);
        return waitMs;
      }
      taken.push(draw);
    }
    return 0;
  }

  private async draw({ allowance, points }: Draw): Promise<number> {
    try {
      await this.counterOf(allowance).consume(allowance.key, points);
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, refused.msBeforeNext);
      throw refused;
    }
  }

  private async giveBack(taken: readonly Draw[]): Promise<void> {
    for (const { allowance, points } of taken) {
      await this.counterOf(allowance).reward(allowance.key, points);
    }
  }

  private counterOf({ most, perSeconds }: Allowance): Counter {
    const name = `${most}/${perSeconds}`;
    let counter = this.counters.get(name);
    if (!counter) {
      counter = this.makeCounter({ most, perSeconds });
      this.counters.set(name, counter);
    }
    return counter;
  }
}

function summed(allowances: readonly Allowance[]): Iterable<Draw> {
  const draws = new Map<string, Draw>();
  for (const allowance of allowances) {
    const id = `${allowance.most}/${allowance.perSeconds}/${allowance.key}`;
    const draw = draws.get(id);
    if (draw) draw.points++;
    else draws.set(id, { allowance, points: 1 });
  }
  return draws.values();
}
