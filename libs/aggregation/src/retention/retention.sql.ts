import type { Retained } from './retention-policy.js';

/**
 * The figures of earlier days are final from now on. Waits for recounts that are under way. $1
 * contract, $2 the moment. To keep events for longer again does not make days countable that are gone.
 */
export const RETIRE = `
  INSERT INTO retired_events AS stored (contract, before) VALUES ($1, $2::timestamptz)
  ON CONFLICT (contract) DO UPDATE SET before = excluded.before
  WHERE stored.before < excluded.before
`;

/**
 * Whether the figures of a day are final, because events of any of these contracts may be gone; it
 * does not change before the end of the transaction. $1 contracts, $2 the day.
 */
export const IS_FINAL = `
  SELECT before > $2::date AS "isFinal" FROM retired_events WHERE contract = ANY($1::text[])
  ORDER BY contract
  FOR SHARE
`;

/** Rows beside the raw tables that go with what they are about. */
export interface Notes {
  readonly table: string;
  /** Those that go. $1 the moment. */
  readonly condition: string;
}

const DAY = "($1::timestamptz AT TIME ZONE 'UTC')::date";

/** An event that claimed to be ahead is kept for as long as one of the day of its receipt. */
export const eventKeysOf = (contract: Retained): Notes => ({
  table: 'event_keys',
  condition: `contract = '${contract}' AND (
    event_time < $1::timestamptz
    OR (event_time - created_at > interval '24 hours' AND created_at < $1::timestamptz)
  )`,
});

/** How many props of a day's events a key encrypted. */
export const KEY_USES: Notes = { table: 'props_key_uses', condition: `day < ${DAY}` };

export const PAGE_VISITS: Notes = { table: 'page_visits', condition: `day < ${DAY}` };

/** Whatever their state: those that wait for their offer, too. */
export const REJECTED_EVENTS: Notes = {
  table: 'rejected_events',
  condition: 'received_at < $1::timestamptz',
};

/** $2 a bound that keeps the question cheap. */
export const countNotes = ({ table, condition }: Notes): string => `
  SELECT count(*)::float8 AS rows
  FROM (SELECT FROM ${table} WHERE ${condition} LIMIT $2) AS bounded
`;

/** $2 how many at most. What somebody else has locked, goes the next time. */
export const deleteNotes = ({ table, condition }: Notes): string => `
  DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM ${table} WHERE ${condition} LIMIT $2 FOR UPDATE SKIP LOCKED
  ))
  RETURNING 1
`;
