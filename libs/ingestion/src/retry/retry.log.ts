import type { RetryReport } from '#libs/contracts';
import type { Caller } from '#libs/platform';
import { Injectable, Logger } from '@nestjs/common';

/** How many, and what became of them. */
export type RetryTotals = Omit<RetryReport, 'items' | 'nextCursor'>;

/** The log lines of retries: who asked for how many, never a word of an event. */
@Injectable()
export class RetryLog {
  private readonly logger = new Logger('retry');

  retried({ kind, id }: Caller, by: 'ids' | 'filter', totals: RetryTotals): void {
    this.logger.log({ type: 'REJECTED_EVENTS_RETRIED', caller: { kind, id }, by, ...totals });
  }

  /** The event stays where it was. */
  notAppended(id: string, error: unknown): void {
    this.logger.error({ type: 'RETRY_NOT_APPENDED', id, error: String(error) });
  }
}
