import { ClientAddress, Config, type Credentials, networkOf, RateLimiter } from '#libs/platform';
import { Injectable } from '@nestjs/common';

const MINUTE_S = 60;

/**
 * Counts wrong credentials by the address that they come from, so that guessing is slow: in memory,
 * or in Redis for all processes. Nothing of it asks the database, and right credentials never come
 * here.
 */
@Injectable()
export class FailedLogins {
  private readonly most: number;

  constructor(
    { FAILED_LOGINS_PER_MINUTE }: Config,
    private readonly addresses: ClientAddress,
    private readonly limiter: RateLimiter,
  ) {
    this.most = FAILED_LOGINS_PER_MINUTE;
  }

  /** 0, or for how many milliseconds its address has no more tries. A limiter that fails stops nobody. */
  async note(credentials: Credentials): Promise<number> {
    if (this.most === 0) return 0;
    const address = this.addresses.behind(credentials) ?? 'unknown';
    const key = `logins:${networkOf(address)}`;
    try {
      return await this.limiter.take([{ key, most: this.most, perSeconds: MINUTE_S }]);
    } catch {
      return 0;
    }
  }
}
