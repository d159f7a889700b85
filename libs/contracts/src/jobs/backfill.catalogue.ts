/**
 * How far a backfill is. `queued` waits for its turn, `running` is at work or goes on as soon as a
 * worker is there, `stopped` was stopped before its end, `failed` was given up.
 */
export const BACKFILL_STATES = ['queued', 'running', 'done', 'stopped', 'failed'] as const;
export type BackfillState = (typeof BACKFILL_STATES)[number];

/** A backfill of more days than this is refused: two years. */
export const MOST_BACKFILL_DAYS = 731;

/** The days that an event can have. */
export const EARLIEST_BACKFILL_DAY = '1970-01-01';
