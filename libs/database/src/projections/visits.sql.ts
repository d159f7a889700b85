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

/** What is told apart at an asset over several days. */
export type VisitKind = 'session' | 'visitor';

/**
 * Rows of `asset_sessions` of a session or a visitor at an asset, on the days of which `onDays` is
 * true: SQL over `each`. `of` names a row with `ip_asset_id` and `id`. Most visitors are nobody but
 * their session.
 */
export const rowsAtAsset = (kind: VisitKind, of: string, onDays: string): string => {
  const ofSession = `
    SELECT * FROM asset_sessions AS each
    WHERE each.session_id = ${of}.id AND each.session_id <> ''
      AND each.ip_asset_id = ${of}.ip_asset_id AND ${onDays}`;
  return kind === 'session'
    ? ofSession
    : `${ofSession} AND each.visitor = ${of}.id
    UNION ALL
    SELECT * FROM asset_sessions AS each
    WHERE each.ip_asset_id = ${of}.ip_asset_id AND each.visitor = ${of}.id
      AND each.visitor <> each.session_id AND ${onDays}`;
};

/** Rows of `asset_sessions` with the `id` of their session, or of their visitor: those that have one. */
export const toldApart =
  (rows: string) =>
  (kind: VisitKind): string => {
    const id = { session: 'session_id', visitor: 'visitor' }[kind];
    return `SELECT ${id} AS id, rows.* FROM (${rows}) AS rows WHERE ${id} <> ''`;
  };

/**
 * What each session and visitor was at an asset, day by day: a session came from the first page that
 * it named, a visitor is a bot if any of it was done by one.
 */
export const partsOf = (rowsOf: (kind: VisitKind) => string): string => `
  (
    SELECT DISTINCT ON (ip_asset_id, day, id)
           ip_asset_id, day, 'session' AS kind, id, referrer, false AS is_bot
    FROM (${rowsOf('session')}) AS rows
    ORDER BY ip_asset_id, day, id, referrer_at, referrer
  )
  UNION ALL
  SELECT ip_asset_id, day, 'visitor', id, NULL, bool_or(is_bot)
  FROM (${rowsOf('visitor')}) AS rows
  GROUP BY ip_asset_id, day, id
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
