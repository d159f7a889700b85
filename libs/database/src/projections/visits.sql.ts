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
