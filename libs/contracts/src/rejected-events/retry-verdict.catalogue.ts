/**
 * What became of one rejected event that somebody wanted to send again. `retried`: it is in the
 * event log again, as durable as any event that was taken.
 */
export const RETRY_VERDICTS = [
  'retried',
  'still_refused',
  'waits_by_itself',
  'already_stored',
  'not_retryable',
  'failed',
  'not_found',
] as const;
export type RetryVerdict = (typeof RETRY_VERDICTS)[number];
