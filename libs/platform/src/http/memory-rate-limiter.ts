import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Allowance } from './endpoint-options.js';
import { RateLimiter } from './rate-limiter.js';

interface Draw {
  readonly allowance: Allowance;
  points: number;
}

/** Counts in this process alone. A key's window opens with its first event. */
@Injectable()
export class MemoryRateLimiter extends RateLimiter {
  /** One limiter an amount and window; declarations hold few of them. */
  private readonly limiters = new Map<string, RateLimiterMemory>();

  override async take(allowances: readonly Allowance[]): Promise<number> {
    const taken: Draw[] = [];
    for (const draw of summed(allowances)) {
      taken.push(draw);
      const waitMs = await this.draw(draw);
      if (waitMs > 0) {
        await this.giveBack(taken);
        return waitMs;
      }
    }
    return 0;
  }

  private async draw({ allowance, points }: Draw): Promise<number> {
    try {
      await this.limiterOf(allowance).consume(allowance.key, points);
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, refused.msBeforeNext);
      throw refused;
    }
  }

  /** What is refused counts nothing, or a batch too large for the moment would lock its sender out. */
  private async giveBack(taken: readonly Draw[]): Promise<void> {
    for (const { allowance, points } of taken) {
      await this.limiterOf(allowance).reward(allowance.key, points);
    }
  }

  private limiterOf({ most, perSeconds }: Allowance): RateLimiterMemory {
    const name = `${most}/${perSeconds}`;
    let limiter = this.limiters.get(name);
    if (!limiter) {
      limiter = new RateLimiterMemory({ points: most, duration: perSeconds });
      this.limiters.set(name, limiter);
    }
    return limiter;
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
