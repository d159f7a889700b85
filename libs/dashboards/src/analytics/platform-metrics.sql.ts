import { type ActiveKind, countedUntil } from '#libs/database';
import { IS_BELIEVED_OWNER, LIKE_FIGURES } from './figures-of-assets.sql.js';

/** How many there are. */
const known = (kind: ActiveKind): string => `(
  SELECT coalesce(sum(things), 0)::float8 FROM known_totals WHERE kind = '${kind}'
)`;

/** Those who had an event since the first day: the last day is today, so their last day tells. */
const active = (kind: 'brand' | 'user'): string => `(
  SELECT count(*)::float8 FROM last_activity WHERE kind = '${kind}' AND last_day >= $1::date
)`;

const ACTIVE_CREATORS = `(
  SELECT count(*)::float8
  FROM (
    SELECT id FROM last_activity WHERE kind = 'creator' AND last_day >= $1::date
    UNION
    SELECT creator_id
    FROM catalog_assets
    JOIN last_activity ON kind = 'asset' AND id = ${LIKE_FIGURES('asset_id')}
    WHERE last_day >= $1::date AND ${IS_BELIEVED_OWNER}
  ) AS active
)`;

const sum = (column: string): string => `coalesce(sum(${column}), 0)::float8`;

/**
 * How the whole platform gets on. $1, $2 the first and the last day, which is today; $3 the first of
 * as many days before.
 */
export const PLATFORM_METRICS = `
  WITH days AS MATERIALIZED (
    SELECT * FROM platform_daily WHERE day BETWEEN $1::date AND $2::date
  )
  SELECT ${countedUntil({
    projections: ['asset-days', 'asset-sessions', 'last-activity'],
    rollups: ['daily-metrics', 'platform-daily'],
  })} AS "asOf",
         max(newest_received_at) AS "newestReceivedAt",
         ${known('user')} AS users,
         ${sum('sign_ups')} AS "signUps",
         ${active('user')} AS "activeUsers",
         ${known('creator')} AS creators,
         ${ACTIVE_CREATORS} AS "activeCreators",
         ${known('brand')} AS brands,
         ${active('brand')} AS "activeBrands",
         ${sum('brand_revenue_cents')} AS "brandRevenueCents",
         ${known('asset')} AS assets,
         ${sum('uploads')} AS uploads,
         ${sum('views')} AS views,
         ${known('license')} AS licenses,
         ${sum('licenses_created')} AS "licensesCreated",
         ${sum('licenses_renewed')} AS "licensesRenewed",
         ${sum('licenses_expired')} AS "licensesExpired",
         ${sum('licenses_terminated')} AS "licensesTerminated",
         ${sum('revenue_cents')} AS "revenueCents",
         (SELECT ${sum('revenue_cents')} FROM platform_daily
          WHERE day >= $3::date AND day < $1::date) AS "previousRevenueCents",
         ${sum('bot_visits')} AS "botVisits",
         ${sum('invalid_revenues')} AS "invalidRevenues",
         coalesce(json_agg(json_build_object(
           'date', day, 'revenueCents', revenue_cents) ORDER BY day), '[]') AS days
  FROM days
`;
