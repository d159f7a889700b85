export type NotAppendedReason =
  | 'closed'
  /** The volume is below its floor, or no segment can be made. */
  | 'no-space'
  /** More waits already than memory is set aside for, or this append alone is too large. */
  | 'too-much-waiting'
  /** Not durable in time; it may still be stored. */
  | 'late'
  /** The write or its sync failed; it may still be stored. */
  | 'failed';

/** Thrown when an append is not, or not known to be, durable. */
export class NotAppendedError extends Error {
  override readonly name = 'NotAppendedError';

  constructor(
    readonly reason: NotAppendedReason,
    options?: ErrorOptions,
  ) {
    super(`The event log did not keep the records: ${reason}`, options);
  }
}
