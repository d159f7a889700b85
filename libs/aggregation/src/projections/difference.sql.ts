import { snakeCase } from '#libs/database';

/** SQL of the UTC day of a moment. */
export const dayOf = (moment: string): string => `(${moment} AT TIME ZONE 'UTC')::date`;

/** Since which day figures of a contract are counted still: those before are final, whatever comes. */
export const firstCounted = (contract: string): string => `coalesce(
      (SELECT ${dayOf('before')} FROM retired_events WHERE contract = '${contract}'), '-infinity'
    )`;

/** How figures of a rollup differ by what a fold changes. Fields are in camelCase. */
export interface Difference {
  readonly table: string;
  readonly distributedBy: string;
  /** As those of the rollup, in the same order: they are hashed together. */
  readonly dimensions: readonly string[];
  /** How much more each is, or less: aggregates over `source`. */
  readonly figures: Readonly<Record<string, string>>;
  /** Those that are all 0 where a row counts nothing any more. */
  readonly sizes: readonly string[];
  /** SQL of what differs: has `day` and the dimensions. */
  readonly source: string;
}

/** The newest of what was added is all that can be told: what is left when it goes, a recount finds. */
const NEWEST = 'newest_received_at';

/**
 * CTEs that add to a rollup's figures, and remove the rows of which nothing is left. Exact but for
 * `newest_received_at`, which does not fall. Nobody may count these days meanwhile.
 */
export function added(difference: Difference): string {
  const { table, distributedBy, dimensions, figures, source } = difference;
  const names = dimensions.map(snakeCase);
  const counts = Object.keys(figures).map(snakeCase);
  const sizes = difference.sizes.map(snakeCase);
  const key = ['day', snakeCase(distributedBy), 'dimensions'];
  const all = ['day', 'dimensions', ...names, ...counts].join(', ');
  const ofKey = (alias: string): string => key.map((column) => `${alias}.${column}`).join(', ');
  return `${table}_more AS MATERIALIZED (
    SELECT md5(ROW(${names.join(', ')})::text)::uuid AS dimensions, grouped.*
    FROM (
      SELECT day, ${names.join(', ')},
             ${Object.entries(figures)
               .map(([field, figure]) => `${figure} AS ${snakeCase(field)}`)
               .join(',\n             ')}
      FROM (${source}) AS source
      GROUP BY day, ${names.join(', ')}
    ) AS grouped
  ),
  ${table}_gone AS (
    DELETE FROM ${table} AS stored USING ${table}_more AS more
    WHERE (${ofKey('stored')}) = (${ofKey('more')})
      AND (${sizes.map((size) => `more.${size} < 0`).join(' OR ')})
      AND ${sizes.map((size) => `stored.${size} + more.${size} = 0`).join(' AND ')}
    RETURNING ${ofKey('stored')}
  ),
  ${table}_written AS (
    INSERT INTO ${table} AS stored (${all})
    SELECT ${all} FROM ${table}_more
    WHERE (${key.join(', ')}) NOT IN (SELECT ${key.join(', ')} FROM ${table}_gone)
    ORDER BY ${key.join(', ')}
    ON CONFLICT (${key.join(', ')}) DO UPDATE SET
      ${counts
        .map((column) =>
          column === NEWEST
            ? `${column} = greatest(stored.${column}, excluded.${column})`
            : `${column} = stored.${column} + excluded.${column}`,
        )
        .join(',\n      ')}
  )`;
}
