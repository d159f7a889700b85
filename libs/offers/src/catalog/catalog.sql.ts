import { ADMINISTRATORS_CLAIM, type CatalogTable, snakeCase, type Statement } from '#libs/database';

/** What an administrator asks and says of one kind of the catalogue. */
export interface CatalogStatements {
  readonly put: Statement;
  readonly putMany: Statement;
  readonly get: Statement;
  readonly remove: Statement;
  readonly list: Statement;
}

const listOf = (columns: readonly string[], alias: string): string =>
  columns.map((column) => `${alias}.${column}`).join(', ');

/** Derives the statements of a table. */
export function catalogStatements({ name, ...fields }: CatalogTable): CatalogStatements {
  const id = snakeCase(fields.id);
  const values = fields.values.map(snakeCase);
  const claims = values.map((value) => `${value}_claim`);
  const said = [...values, ...claims];
  const ours = claims.map(() => `'${ADMINISTRATORS_CLAIM}'`).join(', ');
  const view = `
    ${[fields.id, ...fields.values].map((field) => `${snakeCase(field)} AS "${field}"`).join(', ')},
    CASE WHEN ${claims[0]} = '${ADMINISTRATORS_CLAIM}' THEN 'endpoint' ELSE 'event' END AS source,
    created_at AS "createdAt",
    updated_at AS "updatedAt"
  `;
  const taken = said.map((column) => `${column} = excluded.${column}`).join(', ');
  const statement = (what: string, text: string): Statement => ({ name: `${name}_${what}`, text });
  return {
    /** $1 id, from $2 on the values. Whatever events said of them, this holds. */
    put: statement(
      'put',
      `
      WITH before AS (SELECT 1 FROM ${name} WHERE ${id} = $1)
      INSERT INTO ${name} (${[id, ...said].join(', ')})
      VALUES ($1, ${values.map((_, i) => `$${i + 2}`).join(', ')}, ${ours})
      ON CONFLICT (${id}) DO UPDATE SET ${taken}, updated_at = clock_timestamp()
      RETURNING ${view}, NOT EXISTS (SELECT 1 FROM before) AS "isNew"
      `,
    ),
    /**
     * $1 ids, each once, from $2 on the values. What is so already is neither written nor locked.
     * By id, since two imports with opposite orders would wait for each other for ever.
     */
    putMany: statement(
      'put_many',
      `
      WITH sent AS (
        SELECT line.*, ${claims.map((claim) => `'${ADMINISTRATORS_CLAIM}' AS ${claim}`).join(', ')}
        FROM unnest(${[id, ...values].map((_, i) => `$${i + 1}::text[]`).join(', ')})
          AS line (${[id, ...values].join(', ')})
      ), differing AS (
        SELECT sent.*, known.${id} IS NULL AS is_new
        FROM sent LEFT JOIN ${name} AS known ON known.${id} = sent.${id}
        WHERE known.${id} IS NULL
          OR (${listOf(said, 'known')}) IS DISTINCT FROM (${listOf(said, 'sent')})
      ), written AS (
        INSERT INTO ${name} AS stored (${[id, ...said].join(', ')})
        SELECT ${[id, ...said].join(', ')}
        FROM differing
        ORDER BY ${id} COLLATE "C"
        ON CONFLICT (${id}) DO UPDATE SET ${taken}, updated_at = clock_timestamp()
        WHERE (${listOf(said, 'stored')}) IS DISTINCT FROM (${listOf(said, 'excluded')})
        RETURNING ${id}
      )
      SELECT
        count(*) FILTER (WHERE is_new)::int     AS created,
        count(*) FILTER (WHERE NOT is_new)::int AS changed
      FROM differing
      JOIN written USING (${id})
      `,
    ),
    /** $1 id. */
    get: statement('get', `SELECT ${view} FROM ${name} WHERE ${id} = $1`),
    /** $1 id. */
    remove: statement('remove', `DELETE FROM ${name} WHERE ${id} = $1 RETURNING ${id}`),
    /** $1 the last id of the page before, $2, $3 the ids from and before, $4 how many. */
    list: statement(
      'list',
      `
      SELECT ${view}
      FROM ${name}
      WHERE ${id} > $1 AND ${id} >= $2 AND ${id} < $3
      ORDER BY ${id}
      LIMIT $4
      `,
    ),
  };
}
