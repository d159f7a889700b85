import { isFoldedBy } from '../projections/event-source.sql.js';

/**
 * Analytics events, each with what brought it and with its UTC day: its own, since the door takes
 * none that claims to be over an hour ahead. `when` is SQL over `occurred_at`, said of both tables, so
 * that few partitions of either are opened.
 */
const eventsWhen = (when: string, condition: string): string => `
    SELECT event.*, event.occurred_at AS counted_at,
           (event.occurred_at AT TIME ZONE 'UTC')::date AS day,
           told.utm_source, told.referrer, coalesce(told.is_bot, false) AS is_bot
    FROM (SELECT * FROM events WHERE ${when} AND ${condition}) AS event
    LEFT JOIN (SELECT * FROM attribution WHERE ${when}) AS told
      ON told.event_id = event.id AND told.occurred_at = event.occurred_at
`;

/** Those of some batches of the writer: $1, $2 and $3 as those of `eventsOfBatches`. */
export const ANALYTICS_OF_BATCHES = eventsWhen(
  'occurred_at BETWEEN $2::timestamptz AND $3::timestamptz',
  'created_at = ANY($1::timestamptz[])',
);

/** Those between two moments, parameters, that `projection` has folded. */
export const analyticsBetween = (
  projection: string,
  [from, end]: readonly [string, string] = ['$1', '$2'],
): string =>
  eventsWhen(
    `occurred_at >= ${from}::timestamptz AND occurred_at < ${end}::timestamptz`,
    isFoldedBy(projection),
  );

/** FROM their raw rows between $1 and $2, whoever has folded them. */
export const RAW_ANALYTICS = `(
    SELECT * FROM events WHERE occurred_at >= $1::timestamptz AND occurred_at < $2::timestamptz
  ) AS counted`;

/** Of the day $1, and noted by `asset-days`. */
export const IS_OF_DAY = `
  occurred_at >= $1::date AND occurred_at < $1::date + 1 AND ${isFoldedBy('asset-days')}
`;

/** The rollups of visits: of days that wait to be counted, dashboards read the visits themselves. */
export const OF_VISITS = ['asset-visits-daily', 'creator-visits-daily'];
