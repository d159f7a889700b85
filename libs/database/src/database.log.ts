import { Logger } from '@nestjs/common';

/** What the database room says, one method a line. */
export class DatabaseLog {
  private readonly logger = new Logger('database');

  /** One line a try. `error` never holds the address: it may bear a password. */
  away(attempt: number, error: unknown, waitMs: number): void {
    this.logger.warn({ type: 'DATABASE_AWAY', attempt, error: String(error), waitMs });
  }

  migrated(migrations: readonly string[], tookMs: number): void {
    this.logger.log({ type: 'DATABASE_MIGRATED', migrations, tookMs });
  }

  ready(tookMs: number): void {
    this.logger.log({ type: 'DATABASE_READY', tookMs });
  }

  partitionsMade(table: string, partitions: readonly string[]): void {
    this.logger.log({ type: 'PARTITIONS_MADE', table, partitions });
  }

  propsReencrypted(props: number, keyId: string): void {
    this.logger.log({ type: 'PROPS_REENCRYPTED', props, keyId });
  }

  /** `error` never holds a key: keys are in no statement. */
  propsNotReencrypted(error: unknown): void {
    this.logger.error({ type: 'PROPS_NOT_REENCRYPTED', error: String(error) });
  }

  partitionsNotMade(table: string, error: unknown): void {
    this.logger.error({ type: 'PARTITIONS_NOT_MADE', table, error: String(error) });
  }
}
