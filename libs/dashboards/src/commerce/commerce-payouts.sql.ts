import { spelt } from '../events/event-table.js';

const calculated = "FILTER (WHERE kind = 'calculated')";
const sent = "FILTER (WHERE kind = 'sent')";

/**
 * What is calculated and sent meets by organization, contributor, period and currency; each such
 * pair whole, where any of it is of the days. $1 and $2 two moments, the second not included; $3 the
 * organization or null.
 */
const PAIRS = `pairs AS MATERIALIZED (
    SELECT *,
           CASE
             WHEN calculations = 0 THEN 'not_calculated'
             WHEN payouts = 0 THEN 'not_sent'
             WHEN calculated_minor = sent_minor AND unreadable = 0 THEN 'matched'
             ELSE 'differs'
           END AS state
    FROM (
      SELECT organization_id, contributor_id, period_month, coalesce(currency, '') AS currency,
             max(happened_at) AS latest_at,
             max(happened_at) ${calculated} AS calculated_at,
             count(*) ${calculated} AS calculations,
             sum(amount_minor) ${calculated} AS calculated_minor,
             max(happened_at) ${sent} AS sent_at,
             count(*) ${sent} AS payouts,
             sum(amount_minor) ${sent} AS sent_minor,
             array_remove(
               (array_agg(payout_id ORDER BY happened_at, payout_id) ${sent})[1:20], NULL
             ) AS payout_ids,
             count(*) FILTER (WHERE amount_minor IS NULL) AS unreadable
      FROM payouts
      WHERE (organization_id, contributor_id, period_month, coalesce(currency, '')) IN (
        SELECT organization_id, contributor_id, period_month, coalesce(currency, '') FROM payouts
        WHERE happened_at >= $1::timestamptz AND happened_at < $2::timestamptz
          AND ($3::text IS NULL OR organization_id = $3)
      )
      GROUP BY organization_id, contributor_id, period_month, coalesce(currency, '')
    ) AS grouped
  )`;

const sum = (column: string, state?: string): string =>
  `coalesce(sum(${column})${state === undefined ? '' : ` FILTER (WHERE state = '${state}')`}, 0)::float8`;
const count = (state: string): string => `(count(*) FILTER (WHERE state = '${state}'))::float8`;

/** Totals by currency of what can be read. */
export const PAYOUT_TOTALS = `
  WITH ${PAIRS}
  SELECT coalesce(json_agg(each ORDER BY currency COLLATE "C"), '[]') AS totals,
         (SELECT coalesce(sum(unreadable), 0)::float8 FROM pairs) AS "leftOutPayments"
  FROM (
    SELECT currency,
           ${sum('calculations')} AS calculations, ${sum('calculated_minor')} AS "calculatedMinor",
           ${sum('payouts')} AS payouts, ${sum('sent_minor')} AS "sentMinor",
           ${count('matched')} AS matched, ${count('differs')} AS differing,
           ${count('not_sent')} AS "notSent",
           ${sum('calculated_minor', 'not_sent')} AS "notSentMinor",
           ${count('not_calculated')} AS "notCalculated",
           ${sum('sent_minor', 'not_calculated')} AS "notCalculatedMinor"
    FROM pairs
    WHERE unreadable = 0
    GROUP BY currency
  ) AS each
`;

/**
 * The latest first. Beside the parameters of the totals: $4 state, $5 contributor, or null; $6 time
 * and $7 organization, contributor, period and currency of the last row seen, or null; $8 how many.
 */
export const PAYOUT_PAIRS = `
  WITH ${PAIRS}
  SELECT nullif(organization_id, '') AS "organizationId",
         nullif(contributor_id, '') AS "contributorId", nullif(period_month, '') AS "periodMonth",
         nullif(currency, '') AS currency, state, calculated_at AS "calculatedAt",
         calculated_minor::float8 AS "calculatedMinor", sent_at AS "sentAt",
         sent_minor::float8 AS "sentMinor", payouts::float8 AS payouts,
         coalesce(payout_ids, '{}') AS "payoutIds",
         ${spelt('latest_at')} AS "positionTime"
  FROM pairs
  WHERE ($4::text IS NULL OR state = $4) AND ($5::text IS NULL OR contributor_id = $5)
    AND ($6::timestamptz IS NULL
         OR (latest_at, organization_id, contributor_id, period_month, currency)
            < ($6, ($7::text[])[1], ($7::text[])[2], ($7::text[])[3], ($7::text[])[4]))
  ORDER BY latest_at DESC, organization_id DESC, contributor_id DESC, period_month DESC, currency DESC
  LIMIT $8
`;
