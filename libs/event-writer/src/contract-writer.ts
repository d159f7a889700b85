import type { AcceptedEvent } from '#libs/event-log';
import type { Receipt } from '#libs/platform';
import type { RawTable } from './raw-table.js';

export type Offer = NonNullable<AcceptedEvent['offer']>;

/**
 * How events of one contract become rows. A new contract is one more of these in the module's list;
 * nothing else in this room names a contract.
 */
export interface ContractWriter<Event extends object = object, Row extends object = object> {
  readonly contract: string;
  readonly table: RawTable<Row>;

  /** Copies, never corrects. An error thrown here is taken as the row's own fault. */
  toRow(event: Event, receipt: Receipt, offer: Offer | null): Row;

  /** What the sender calls the event. */
  eventIdOf(event: Event): string;

  /** The offer without which the row cannot be written; null where the contract knows none. */
  offerIdOf(event: Event): string | null;

  /** Says, in the contract's own log line, that the event is in no raw table for good. */
  persistFailed(event: Event, error: NotStorableError, receipt: Receipt): void;
}

/** The contracts that the writer knows. */
export const CONTRACT_WRITERS = Symbol('CONTRACT_WRITERS');

/**
 * A row that is kept in `rejected_events` instead of its raw table.
 *
 * Its message goes to the log, so it never repeats PostgreSQL's own words: they quote the row.
 */
export class NotStorableError extends Error {
  override readonly name = 'NotStorableError';

  constructor(
    message: string,
    /** The SQLSTATE, where PostgreSQL refused the row. */
    readonly code: string | null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** For `rejected_events`, which holds the event anyway: PostgreSQL's own words. */
  get detail(): string {
    return this.cause instanceof Error ? this.cause.message : this.message;
  }
}
