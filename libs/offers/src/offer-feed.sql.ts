import type { Statement } from '#libs/database';

/** Two seconds cover the time between a row's `updated_at` and its transaction getting a number. */
export const MARK: Statement = {
  name: 'offers_mark',
  text: `
    SELECT
      (statement_timestamp() - interval '2 seconds')::text  AS "at",
      (statement_timestamp() - interval '60 seconds')::text AS "longBefore",
      pg_snapshot_xmin(now_running)::text                   AS "oldestRunning",
      pg_snapshot_xmax(now_running)::text                   AS "next"
    FROM pg_current_snapshot() AS now_running
  `,
};

/**
 * Tombstones too. $1 the last offer id of the page before, $2, $3 the ids from and before, $4 how
 * many.
 *
 * Each row is read once, by the index, also where many offers were written just now: with all
 * conditions in one place, a planner that has no statistics yet would sort the whole rest for
 * every page.
 */
export const LIVE_OFFERS: Statement = {
  name: 'offers_live',
  text: `
    SELECT *
    FROM (
      SELECT offer_id, product_id, producer_id, deleted_at IS NOT NULL AS deleted
      FROM offers
      WHERE offer_id > $1 AND offer_id >= $2
      ORDER BY offer_id
      LIMIT $4
    ) AS page
    WHERE offer_id < $3
    ORDER BY offer_id
  `,
};

/** Tombstones too. $1, $2 time and offer id of the last change of the page before, $3 how many. */
export const CHANGED_OFFERS: Statement = {
  name: 'offers_changed',
  text: `
    SELECT
      offer_id,
      product_id,
      producer_id,
      deleted_at IS NOT NULL AS deleted,
      updated_at::text       AS changed_at
    FROM offers
    WHERE (updated_at, offer_id) > ($1::timestamptz, $2)
    ORDER BY updated_at, offer_id
    LIMIT $3
  `,
};

/** $1 offer ids. */
export const OFFERS_BY_ID: Statement = {
  name: 'offers_by_id',
  text: `
    SELECT offer_id, product_id, producer_id
    FROM offers
    WHERE offer_id = ANY($1::text[]) AND deleted_at IS NULL
  `,
};
