import { countedUntil } from '#libs/database';
import { IS_BELIEVED_OWNER, LIKE_FIGURES } from './figures-of-assets.sql.js';

type Kind = 'asset' | 'brand' | 'creator' | 'license';

/**
 * How many there are: those of the catalogue and those that events told of, but for those that are
 * both. An event a licence: they are counted, none is looked up.
 */
const known = (kind: Kind, table: string, both = bothOf(kind, table)): string => `(
  (SELECT count(*)::float8 FROM ${table})
  + (SELECT count(*) FROM last_activity WHERE kind = '${kind}')
  - (SELECT count(*) FROM ${both})
)`;

const bothOf = (kind: Kind, table: string): string =>
  `${table} JOIN last_activity ON kind = '${kind}' AND id = ${LIKE_FIGURES(`${kind}_id`)}`;

/** Those who had an event since the first day: the last day is today, so their last day tells. */
const active = (kind: 'brand' | 'user'): string => `(
  SELECT count(*)::float8 FROM last_activity WHERE kind = '${kind}' AND last_day >= $1::date
)`;

const ACTIVE_CREATORS = `(
  SELECT count(*)::float8
  FROM (
    SELECT id FROM last_activity WHERE kind = 'creator' AND last_day >= $1::date
    UNION
    SELECT creator_id FROM active_assets
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
  ),
  -- Assets of the catalogue that have events.
  active_assets AS MATERIALIZED (
    SELECT creator_id, creator_id_claim, last_day FROM ${bothOf('asset', 'catalog_assets')}
  )
  SELECT ${countedUntil({
    projections: ['asset-days', 'asset-sessions', 'last-activity'],
    rollups: ['daily-metrics', 'platform-daily'],
  })} AS "asOf",
         max(newest_received_at) AS "newestReceivedAt",
         (SELECT count(*)::float8 FROM catalog_users) AS users,
         ${sum('sign_ups')} AS "signUps",
         ${active('user')} AS "activeUsers",
         ${known('creator', 'catalog_creators')} AS creators,
         ${ACTIVE_CREATORS} AS "activeCreators",
         ${known('brand', 'catalog_brands')} AS brands,
         ${active('brand')} AS "activeBrands",
         ${sum('brand_revenue_cents')} AS "brandRevenueCents",
         ${known('asset', 'catalog_assets', 'active_assets')} AS assets,
         ${sum('uploads')} AS uploads,
         ${sum('views')} AS views,
         ${known('license', 'catalog_licenses')} AS licenses,
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
