import { Injectable, Logger } from '@nestjs/common';
import { type Fault, sqlstateOf } from './fault-of.js';

/** The event writer's log lines, one method each. They never quote a row. */
@Injectable()
export class EventWriterLog {
  private readonly logger = new Logger('event-writer');

  /** One line a try, not one an event. An alarm where the fault is ours. */
  retrying(fault: Fault, tries: number, records: number, error: unknown): void {
    const line = { type: 'EVENT_WRITER_RETRY', fault, tries, records, ...briefly(error) };
    if (fault === 'ours') this.logger.error({ ...line, type: 'EVENT_WRITER_HALTED' });
    else this.logger.warn(line);
  }

  recovered(tries: number, records: number): void {
    this.logger.log({ type: 'EVENT_WRITER_RECOVERED', tries, records });
  }

  /** A contract that no writer here knows has no log line of its own. */
  persistFailed(contract: string, error: unknown): void {
    this.logger.error({ type: 'EVENT_PERSIST_ERROR', contract, ...briefly(error) });
  }

  /** Waiting events are looked at again by the next tick. */
  healingFailed(error: unknown): void {
    this.logger.warn({ type: 'EVENT_WRITER_HEALING_FAILED', ...briefly(error) });
  }

  /** The event log itself fails to hand over. */
  consumeFailed(error: unknown): void {
    this.logger.error({ type: 'EVENT_WRITER_CONSUME_FAILED', ...briefly(error) });
  }
}

/** Errors of class 22 quote the value that they refuse: they are told by their SQLSTATE alone. */
function briefly(error: unknown): { sqlstate: string | null; error: string } {
  const sqlstate = sqlstateOf(error);
  return { sqlstate, error: sqlstate?.startsWith('22') ? 'a value is refused' : String(error) };
}
