import type { Queries, Transaction } from '#libs/database';
import type { AcceptedEvent } from '#libs/event-log';
import type { Receipt } from '#libs/platform';
import type { RawTable } from './raw-table.js';

export type Offer = NonNullable<AcceptedEvent['offer']>;

/**
 * How events of one contract become rows. A new contract is one more of these in the module's list;
 * nothing else in this room names a contract.
 */
export interface ContractWriter<
  Event extends object = object,
  Row extends object = object,
  Added extends object = object,
> {
  readonly contract: string;
  readonly table: RawTable<Row>;

  /** Copies, never corrects. An error thrown here is taken as the row's own fault. */
  toRow(event: Event, receipt: Receipt, offer: Offer | null, added: Added): Row;

  /**
   * The key that `event_keys` decides by before the table does, for contracts whose key holds no
   * time of the sender's: a retry may bear another time. Null where the table's own key decides.
   */
  eventKeyOf?(row: Row): string | null;

  /** Fills in what only the database knows, in the writer's transaction. Answers as many entries. */
  complete?(queries: Queries, entries: readonly Entry<Row>[]): Promise<readonly Entry<Row>[]>;

  /**
   * Entries whose keys are stored already, as they are compared with what is stored, for rows that
   * hold something which never looks the same twice. Answers as many entries, in their order.
   */
  comparable?(queries: Queries, again: readonly Entry<Row>[]): Promise<readonly Entry<Row>[]>;

  /** What else is written for rows that are new, in the writer's transaction. */
  followUp?(transaction: Transaction, fresh: readonly Entry<Row>[]): Promise<void>;

  /** What the sender calls the event, or was told to call it. Without `added`: it was refused. */
  eventIdOf(event: Event, added?: Added): string;

  /** The offer without which the row cannot be written; null where the contract knows none. */
  offerIdOf(event: Event): string | null;

  /** Says, in the contract's own log line, that the event is in no raw table for good. */
  persistFailed(event: Event, error: NotStorableError, receipt: Receipt, added: Added): void;
}

/** A record of the log and the row made of it. */
export interface Entry<Row extends object = object> {
  readonly record: AcceptedEvent;
  readonly row: Row;
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
