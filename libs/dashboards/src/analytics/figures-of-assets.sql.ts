import { isBelieved } from '#libs/database';

/**
 * Whose an asset is decides who sees its revenue, and nobody names himself the owner. SQL over
 * `catalog_assets`.
 */
export const IS_BELIEVED_OWNER = isBelieved('creator_id_claim');

/** Nor does anybody name an asset of his where the revenue of a licence goes. Over `catalog_licenses`. */
export const IS_BELIEVED_LICENSE = isBelieved('asset_id_claim');

/**
 * An id of the catalogue, ordered as ids are in tables of figures. Ids of different orders are
 * compared without any index. SQL over a column of the catalogue.
 */
export const LIKE_FIGURES = (id: string): string => `${id} COLLATE "default"`;

/**
 * Rows of one asset after the other, by its index: what an answer costs depends on its own assets
 * alone. Left to itself the planner reads the whole table where a creator has ten of them.
 */
export const eachOnItsOwn = (rows: string): string =>
  `CROSS JOIN LATERAL (${rows} OFFSET 0) AS found`;

/**
 * The daily metrics of some assets from $2 to $3, both days included. Needs a CTE `assets` with
 * `asset_id`. What came before the asset of its licence was known, stands under the licence alone:
 * the catalogue tells by now whose it is.
 */
export const FIGURES_OF_ASSETS = `
  SELECT asset_id, date, views, clicks, conversions, revenue_cents, engagement_time
  FROM assets ${eachOnItsOwn(`
    SELECT * FROM asset_figures_daily
    WHERE ip_asset_id = asset_id AND date BETWEEN $2::date AND $3::date
  `)}
  UNION ALL
  SELECT asset_id, date, views, clicks, conversions, revenue_cents, engagement_time
  FROM assets
  JOIN catalog_licenses AS license USING (asset_id)
  JOIN daily_metrics AS metric
    ON metric.license_id = ${LIKE_FIGURES('license.license_id')} AND metric.ip_asset_id IS NULL
  WHERE date BETWEEN $2::date AND $3::date AND ${IS_BELIEVED_LICENSE}
`;

/** When the newest event of these assets and days was received. */
export const NEWEST_RECEIVED_AT = `(
  SELECT max(newest_received_at) FROM assets ${eachOnItsOwn(`
    SELECT * FROM asset_days
    WHERE ip_asset_id = asset_id AND day BETWEEN $2::date AND $3::date
  `)}
)`;
