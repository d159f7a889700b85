import { snakeCase } from '#libs/database';

/** The facts that SQL is made from: fields of the row, in camelCase. */
interface Facts {
  readonly name: string;
  readonly types: Readonly<Record<string, string>>;
  readonly key: readonly string[];
  readonly eventTime: string;
  readonly sent: readonly string[];
}

const listOf = (fields: readonly string[], alias?: string): string =>
  fields.map((field) => (alias ? `${alias}.` : '') + snakeCase(field)).join(', ');

/** One array a column, each a parameter; `ordinal` counts the rows from 1. */
const unnested = (fields: readonly string[], types: Facts['types']): string =>
  `unnest(${fields.map((field, i) => `$${i + 1}::${types[field]}[]`).join(', ')})
      WITH ORDINALITY AS incoming (${listOf(fields)}, ordinal)`;

/**
 * Inserts a batch, sorted by key, and skips what is stored already.
 *
 * Answers one row, however many it stored: the ordinals that it skipped, and the bounds of event
 * time as text, since a Date would cut their microseconds. Keys of stored rows stay in PostgreSQL:
 * to read five hundred of them back costs more than to build the batch.
 */
export const INSERT_NEW = ({ name, types, key, eventTime }: Facts): string => {
  const fields = Object.keys(types);
  return `
  WITH incoming AS MATERIALIZED (
    SELECT * FROM ${unnested(fields, types)}
  ), stored AS (
    INSERT INTO ${name} (${listOf(fields)})
    SELECT ${listOf(fields)} FROM incoming
    ON CONFLICT (${listOf(key)}) DO NOTHING
    RETURNING ${listOf(key)}
  ), totals AS (
    SELECT count(*)::int AS stored,
           min(${snakeCase(eventTime)})::text AS least,
           max(${snakeCase(eventTime)})::text AS greatest
    FROM stored
  )
  SELECT stored, least, greatest,
    CASE WHEN stored = (SELECT count(*) FROM incoming) THEN '{}'::int[]
    ELSE ARRAY(
      SELECT ordinal::int FROM incoming
      WHERE (${listOf(key)}) NOT IN (SELECT ${listOf(key)} FROM stored)
    ) END AS skipped
  FROM totals
`;
};

/** The same columns; rows whose keys are stored already fail it as a whole. */
export const COPY_IN = ({ name, types }: Pick<Facts, 'name' | 'types'>): string =>
  `COPY ${name} (${listOf(Object.keys(types))}) FROM STDIN`;

/** What must be told of a duplicate to compare it: its key, and what the sender sent. */
export const comparedOf = ({ key, sent }: Pick<Facts, 'key' | 'sent'>): readonly string[] => [
  ...new Set([...key, ...sent]),
];

/**
 * Compares duplicates with the rows stored under their keys, over what the sender sent.
 *
 * In SQL rather than here, so that types, microseconds and JSON are compared as they are stored.
 */
export const CONFLICTS_WITH = ({ name, types, key, sent }: Facts): string => `
  SELECT incoming.ordinal::int AS ordinal,
         (${listOf(sent, 'incoming')}) IS DISTINCT FROM (${listOf(sent, 'stored')}) AS differs
  FROM ${unnested(comparedOf({ key, sent }), types)}
  JOIN ${name} AS stored USING (${listOf(key)})
`;
