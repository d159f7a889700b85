/**
 * Rows of `asset_sessions`, put together to visits: those of a session are one, which came from the
 * first source that it named. What has no session is no visit, and converted for its own source.
 * `rows` is SQL of such rows; `apartBy` are columns of theirs by which a session is told apart too.
 */
export const visitsOf = (rows: string, apartBy?: 'creator_id' | 'day'): string => {
  const apart = apartBy === undefined ? '' : `${apartBy}, `;
  return `
  SELECT ${apart}session_id,
         coalesce((array_agg(utm_source ORDER BY utm_source_at, utm_source)
                     FILTER (WHERE utm_source IS NOT NULL))[1], 'direct') AS source,
         (session_id <> '')::int AS visits,
         (session_id <> '' AND bool_or(is_bot))::int AS bot_visits,
         sum(cardinality(conversions)) AS conversions,
         sum(cardinality(invalid_revenues)) AS invalid_revenues
  FROM (${rows}) AS rows
  GROUP BY ${apart}session_id,
           CASE WHEN session_id = '' THEN ROW(ip_asset_id, day, visitor)::text END
`;
};

/**
 * Rows of `asset_sessions` of a session or a visitor at an asset, on whatever days. `of` names a row
 * with `ip_asset_id`, `kind` and `id`. Most visitors are nobody but their session.
 */
export const rowsAtAsset = (of: string): string => `
  SELECT * FROM asset_sessions AS each
  WHERE ${of}.kind = 'session' AND each.session_id = ${of}.id AND each.session_id <> ''
    AND each.ip_asset_id = ${of}.ip_asset_id
  UNION ALL
  SELECT * FROM asset_sessions AS each
  WHERE ${of}.kind = 'visitor' AND each.session_id = ${of}.id AND each.session_id <> ''
    AND each.ip_asset_id = ${of}.ip_asset_id AND each.visitor = ${of}.id
  UNION ALL
  SELECT * FROM asset_sessions AS each
  WHERE ${of}.kind = 'visitor' AND each.ip_asset_id = ${of}.ip_asset_id AND each.visitor = ${of}.id
    AND each.visitor <> each.session_id
`;

/** Rows of `asset_sessions`, each as one of its session and as one of its visitor: `kind` and `id`. */
export const toldApart = (rows: string): string => `
  SELECT told.kind, told.id, rows.*
  FROM (${rows}) AS rows
  CROSS JOIN LATERAL (VALUES ('session', session_id), ('visitor', visitor)) AS told (kind, id)
  WHERE told.id <> ''
`;

/**
 * What each session and visitor was at an asset, day by day: a session came from the first page that
 * it named, a visitor is a bot if any of it was done by one. `told` is SQL of rows that are told apart.
 */
export const partsOf = (told: string): string => `
  SELECT ip_asset_id, day, kind, id,
         CASE WHEN kind = 'session' THEN
           (array_agg(referrer ORDER BY referrer_at, referrer) FILTER (WHERE referrer IS NOT NULL))[1]
         END AS referrer,
         kind = 'visitor' AND bool_or(is_bot) AS is_bot
  FROM (${told}) AS told
  GROUP BY ip_asset_id, day, kind, id
`;

/** What parts count, `times` each. */
export const countsOfParts = (times: 1 | -1): string => `
  referrer, ${times} * (kind = 'session')::int AS visits, ${times} * (kind = 'visitor')::int AS visitors,
  ${times} * is_bot::int AS bots, 0 AS invalid_revenues
`;

/** What rows of `asset_sessions` count beside their parts: without a session each is a visit. */
export const COUNTS_OF_ROWS = `
  CASE WHEN session_id = '' THEN referrer END AS referrer, (session_id = '')::int AS visits,
  0 AS visitors, 0 AS bots, cardinality(invalid_revenues) AS invalid_revenues
`;
