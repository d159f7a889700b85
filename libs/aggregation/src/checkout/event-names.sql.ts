import { CHECKOUT_EVENT_NAMES } from '#libs/contracts';
import type { FoldedColumn } from '../projections/fold.sql.js';

/** A name's place in the catalogue is its bit in `checkout_sessions.event_names`. */
const NAMES = `ARRAY[${CHECKOUT_EVENT_NAMES.map((name) => `'${name}'`).join(', ')}]::text[]`;

/** Of which names there are events: a set, a bit a name, which is folded in any order. */
export const EVENT_NAMES: FoldedColumn = {
  select: `bit_or(1::bigint << array_position(${NAMES}, event_name::text) - 1)`,
  merge: (column) => `stored.${column} | excluded.${column}`,
};

/** FROM all names: `name` with its `bit`. */
export const NAMES_WITH_BITS = `(
    SELECT name, 1::bigint << place::int - 1 AS bit
    FROM unnest(${NAMES}) WITH ORDINALITY AS catalogue (name, place)
  )`;
