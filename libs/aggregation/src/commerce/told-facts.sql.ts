import { snakeCase } from '#libs/database';
import type { FoldedColumn } from '../projections/fold.sql.js';

/**
 * What a row says that several events may tell: all of it comes from the one with the least rank,
 * and of those the least `event`, so that an amount never gets another one's currency. `rank` is SQL
 * of an alias; what is folded, and the table, have `event`.
 */
export const toldBy =
  (rank: (alias: string) => string) =>
  (value: string): FoldedColumn => ({
    select: `(array_agg(${value} ORDER BY ${rank('')}, event))[1]`,
    merge: (column) =>
      `CASE WHEN (${rank('excluded.')}, excluded.event) < (${rank('stored.')}, stored.event) ` +
      `THEN excluded.${column} ELSE stored.${column} END`,
  });

/** A text of the event's data, trimmed, and cut as its column is; null where it is blank. */
export const textIn = (name: string, most = 200): string =>
  `nullif(left(btrim(data->>'${name}', E' \\t\\n\\r\\f\\v'), ${most}), '')`;

/** The id of an envelope, which is that of what it is about. */
export const ENVELOPE_ID = "CASE wire WHEN 'envelope' THEN event_id END";

/** What tells a fact from others: its id where the event names one; else its event alone does. */
export const knownBy = (id: string): readonly string[] => [
  `coalesce(${id}, idempotency_key)`,
  `${id} IS NULL`,
];

/** What the events of a type tell: its kind, what tells two such facts apart, and what they say. */
export interface Telling<Field extends string> {
  readonly eventType: string;
  readonly kind: string;
  readonly key: readonly string[];
  readonly says: { readonly [Name in Field]?: string };
}

/** The facts that the commerce events of `source` tell, read once: a row an event. */
export function factsTold<Field extends string>(
  tellings: readonly Telling<Field>[],
  fields: readonly Field[],
  source: string,
): string {
  const byType = (valueOf: (telling: Telling<Field>) => string): string =>
    `CASE event_type ${tellings
      .map((telling) => `WHEN '${telling.eventType}' THEN ${valueOf(telling)}`)
      .join(' ')} END`;
  return `
    SELECT coalesce(organization_id, '') AS organization_id,
           md5((${byType(({ kind, key }) => `jsonb_build_array('${kind}', ${key.join(', ')})`)})::text)::uuid
             AS fact,
           ${byType(({ kind }) => `'${kind}'`)} AS kind,
           counted_at AS happened_at,
           md5(idempotency_key)::uuid AS event,
           ${fields
             .map(
               (field) => `${byType(({ says }) => says[field] ?? 'NULL')} AS ${snakeCase(field)}`,
             )
             .join(',\n           ')},
           amount_minor, currency
    FROM (${source}) AS events
    WHERE event_type IN (${tellings.map(({ eventType }) => `'${eventType}'`).join(', ')})
  `;
}
