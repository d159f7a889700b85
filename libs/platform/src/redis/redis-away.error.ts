import { UnavailableError } from '../errors/unavailable.error.js';

/** Redis is away, too slow, or not configured: whoever asked goes on without it. */
export class RedisAwayError extends UnavailableError {
  override readonly name = 'RedisAwayError';
}
