import { snakeCase } from '#libs/database';

/** A table of figures by day. Fields are in camelCase. */
export interface RollupFacts {
  readonly table: string;
  /** The dimension by which the table is distributed; it stands in the key. */
  readonly distributedBy: string;
  /** The values that rows are told apart by: SQL over `source`. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Aggregates over `source`. Whole numbers: a sum of fractions depends on its order. */
  readonly figures: Readonly<Record<string, string>>;
  /** SQL of the rows that a day counts. $1 the day. */
  readonly source: string;
  /** SQL of CTEs that keep something else of `source`; what they change is no difference. */
  readonly notes?: string;
}

/**
 * Counts a day anew, and writes what is not so already: rows are added, changed and removed. $1 the
 * day. Answers how many rows there are, and how many were wrong.
 */
export function rollupStatement(facts: RollupFacts): string {
  const { table, distributedBy, dimensions, figures, source, notes } = facts;
  const names = Object.keys(dimensions).map(snakeCase);
  const counts = Object.keys(figures).map(snakeCase);
  const key = ['day', snakeCase(distributedBy), 'dimensions'];
  const all = ['day', 'dimensions', ...names, ...counts].join(', ');
  return `
  WITH source AS (${source}),
  ${notes === undefined ? '' : `${notes},`}
  counted AS MATERIALIZED (
    SELECT $1::date AS day, md5(ROW(${names.join(', ')})::text)::uuid AS dimensions, grouped.*
    FROM (
      SELECT ${Object.entries(dimensions)
        .map(([field, value]) => `${value} AS ${snakeCase(field)}`)
        .join(', ')},
             ${Object.entries(figures)
               .map(([field, figure]) => `${figure} AS ${snakeCase(field)}`)
               .join(',\n             ')}
      FROM source
      GROUP BY ${names.map((_, index) => index + 1).join(', ')}
    ) AS grouped
  ),
  gone AS (
    DELETE FROM ${table} AS stored
    WHERE day = $1::date AND dimensions NOT IN (SELECT dimensions FROM counted)
    RETURNING 1
  ),
  written AS (
    INSERT INTO ${table} AS stored (${all})
    SELECT ${all} FROM counted
    ORDER BY ${key.join(', ')}
    ON CONFLICT (${key.join(', ')}) DO UPDATE SET
      ${counts.map((column) => `${column} = excluded.${column}`).join(',\n      ')}
    WHERE (${counts.map((column) => `stored.${column}`).join(', ')})
      IS DISTINCT FROM (${counts.map((column) => `excluded.${column}`).join(', ')})
    RETURNING 1
  )
  SELECT (SELECT count(*)::int FROM counted) AS rows,
         ((SELECT count(*) FROM gone) + (SELECT count(*) FROM written))::int AS changed
`;
}
