import { Logger } from '@nestjs/common';

/** The log lines of the journal, one method each. Never a record's content. */
export class JournalLog {
  private readonly logger = new Logger('event-log');

  adopted(journal: string): void {
    this.logger.log({ type: 'JOURNAL_ADOPTED', journal });
  }

  damaged(journal: string, segment: number, offset: number, records: number): void {
    this.logger.error({ type: 'JOURNAL_DAMAGED', journal, segment, offset, records });
  }

  torn(journal: string, segment: number, offset: number): void {
    this.logger.warn({ type: 'JOURNAL_TORN', journal, segment, offset });
  }

  noSegment(error: Error): void {
    this.logger.error({ type: 'JOURNAL_NO_SEGMENT', error: String(error) });
  }

  lowSpace(freeBytes: number, minFreeBytes: number): void {
    this.logger.error({ type: 'JOURNAL_LOW_SPACE', freeBytes, minFreeBytes });
  }

  enoughSpace(freeBytes: number): void {
    this.logger.log({ type: 'JOURNAL_ENOUGH_SPACE', freeBytes });
  }

  writeFailed(error: Error): void {
    this.logger.error({ type: 'JOURNAL_WRITE_FAILED', error: String(error) });
  }

  readFailed(journal: string, error: unknown): void {
    this.logger.error({ type: 'JOURNAL_READ_FAILED', journal, error: String(error) });
  }

  /** Harmless but for a redelivery after a crash. */
  upkeepFailed(what: string, error: unknown): void {
    this.logger.warn({ type: 'JOURNAL_UPKEEP_FAILED', what, error: String(error) });
  }

  handlerFailed(records: number, error: unknown): void {
    this.logger.warn({ type: 'JOURNAL_HANDLER_FAILED', records, error: String(error) });
  }
}
