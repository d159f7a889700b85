import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Metrics } from '../metrics/metrics.js';
import type { RedisClient } from '../redis/redis-link.js';
import type { Redis } from '../redis/redis.js';
import type { Allowance } from './endpoint-options.js';
import { MemoryRateLimiter } from './memory-rate-limiter.js';
import { RateLimitLedger } from './rate-limit-ledger.js';
import { RateLimiter } from './rate-limiter.js';

/** More than Redis needs, less than a sender notices. */
const ANSWER_WITHIN_MS = 50;

/**
 * Takes, or counts nothing and answers what it would have been; what is given back of a window that
 * is over is gone with it. KEYS: the counter. ARGV: points, the window's seconds, the most of it.
 */
const TAKE = `
  local points, window, most = tonumber(ARGV[1]), tonumber(ARGV[2]) * 1000, tonumber(ARGV[3])
  local counted = tonumber(redis.call('GET', KEYS[1]) or 0)
  local left = redis.call('PTTL', KEYS[1])
  if left <= 0 then counted, left = 0, window end
  if counted + points > most then return {counted + points, left} end
  counted = math.max(0, counted + points)
  if counted == 0 then redis.call('DEL', KEYS[1])
  else redis.call('SET', KEYS[1], counted, 'PX', left) end
  return {counted, left}
`;

/**
 * Counts in Redis, for all processes together. While Redis is away, slow or hanging, each process
 * counts for itself: a sender never waits for it.
 */
export class SharedRateLimiter extends RateLimiter {
  private readonly alone = new MemoryRateLimiter();
  /** A counter keeps its client, and each connection has another. */
  private readonly ledgers = new WeakMap<RedisClient, RateLimitLedger>();
  private readonly fallbacks;

  constructor(
    private readonly redis: Redis,
    metrics: Metrics,
  ) {
    super();
    this.fallbacks = metrics.counter(
      'rate_limiter_fallback_total',
      'Requests whose rate was counted by this process alone, because Redis did not answer.',
    );
  }

  override async take(allowances: readonly Allowance[]): Promise<number> {
    try {
      return await this.redis.ask(ANSWER_WITHIN_MS, (client) =>
        this.ledgerOf(client).take(allowances),
      );
    } catch {
      this.fallbacks.inc();
      return this.alone.take(allowances);
    }
  }

  private ledgerOf(client: RedisClient): RateLimitLedger {
    let ledger = this.ledgers.get(client);
    if (!ledger) {
      ledger = new RateLimitLedger((limits) => counterIn(client, limits));
      this.ledgers.set(client, ledger);
    }
    return ledger;
  }
}

const counterIn = (client: RedisClient, { most, perSeconds }: Omit<Allowance, 'key'>) =>
  new RateLimiterRedis({
    storeClient: client,
    useRedisPackage: true,
    customIncrTtlLuaScript: TAKE,
    keyPrefix: `footfall:rate:${most}/${perSeconds}`,
    points: most,
    duration: perSeconds,
  });
