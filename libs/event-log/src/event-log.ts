import type { EventRecord } from './event-record.js';

/** An event's JSON text in UTF-8, which says what the event says; undefined where there is none. */
export type Sent = Uint8Array | undefined;

/**
 * The durable hand-over between the door and the database.
 *
 * An abstract class rather than an interface, so that Nest can inject it by type.
 */
export abstract class EventLog {
  /**
   * Resolves once every record would survive a crash of this machine; rejects when none of that
   * can be promised, or not within the deadline. Records of one call stay together and in order.
   *
   * `sent` may hold, for each, the JSON text in UTF-8 of its event, which is then not written anew.
   * It is read before this returns.
   */
  abstract append(records: readonly EventRecord[], sent?: readonly Sent[]): Promise<void>;

  /**
   * Hands over batches in order until `stop` is aborted, and forgets a batch when `handler`
   * resolves. When it rejects, the same batch comes again later: handlers are idempotent.
   */
  abstract consume(
    handler: (batch: readonly EventRecord[]) => Promise<void>,
    stop: AbortSignal,
  ): Promise<void>;
}
