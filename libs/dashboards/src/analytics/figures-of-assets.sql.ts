/**
 * What a server or an administrator said, no visitor: whose an asset is decides who sees its revenue,
 * and nobody names himself the owner. SQL over `catalog_assets`.
 */
export const IS_BELIEVED_OWNER = "creator_id_claim < '2'";

/**
 * The daily metrics of some assets from $2 to $3, both days included. Needs a CTE `assets` with
 * `asset_id`. What came before the asset of its licence was known, stands under the licence alone:
 * the catalogue tells by now whose it is.
 */
export const FIGURES_OF_ASSETS = `
  SELECT asset_id, date, views, clicks, conversions, revenue_cents, engagement_time
  FROM assets
  JOIN daily_metrics ON ip_asset_id = asset_id
  WHERE date BETWEEN $2::date AND $3::date
  UNION ALL
  SELECT asset_id, date, views, clicks, conversions, revenue_cents, engagement_time
  FROM assets
  JOIN catalog_licenses AS license USING (asset_id)
  JOIN daily_metrics AS metric
    ON metric.license_id = license.license_id AND metric.ip_asset_id IS NULL
  WHERE date BETWEEN $2::date AND $3::date
`;

/** The visits at these assets on these days. */
export const VISITS_AT_ASSETS = `
  SELECT visit.* FROM assets
  JOIN asset_sessions AS visit ON visit.ip_asset_id = asset_id
  WHERE day BETWEEN $2::date AND $3::date
`;

export const INVALID_REVENUES =
  '(SELECT coalesce(sum(cardinality(invalid_revenues)), 0)::float8 FROM visits)';

/** When the newest event of these assets and days was received. */
export const NEWEST_RECEIVED_AT = `(
  SELECT max(newest_received_at) FROM assets
  JOIN asset_days ON asset_days.ip_asset_id = asset_id
  WHERE day BETWEEN $2::date AND $3::date
)`;
