import { Logger } from '@nestjs/common';

/** A line when Redis comes and when it goes, not one a try. Never its address: it holds a password. */
export class RedisLog {
  private readonly logger = new Logger('redis');
  private away = false;

  connected(): void {
    this.away = false;
    this.logger.log({ type: 'REDIS_CONNECTED' });
  }

  lost(error: unknown): void {
    if (this.away) return;
    this.away = true;
    this.logger.warn({ type: 'REDIS_AWAY', error: reasonOf(error) });
  }
}

/** A host that has several addresses fails with one error for each, and no message. */
const reasonOf = (error: unknown): string =>
  error instanceof AggregateError ? error.errors.map(String).join('; ') : String(error);
