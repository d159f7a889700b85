import type { CommerceEvent } from '../contract/types.js';

const REASONS: Readonly<Record<string, string>> = {
  JetStreamNotEnabled: 'no stream takes this subject (bootstrap() makes one)',
  TimeoutError: 'not within the time given',
};

/**
 * An event was not acknowledged: it may be in the stream or not. `cause` says why.
 *
 * Publish `event` again as it is, with `publish(error.subject, error.event)`, now or after a
 * restart: its key is the same, so that it is stored once however often it arrives.
 */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  /** Not a property that loggers show: an event may hold an e-mail address. */
  readonly #event: CommerceEvent;

  constructor(
    readonly subject: string,
    event: CommerceEvent,
    cause: unknown,
  ) {
    super(`${subject} was not acknowledged: ${reasonOf(cause)}`, { cause });
    this.#event = event;
  }

  get event(): CommerceEvent {
    return this.#event;
  }
}

const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? (REASONS[cause.name] ?? cause.message) : String(cause);
