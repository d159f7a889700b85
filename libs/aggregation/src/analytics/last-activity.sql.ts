import type { ActiveKind } from '#libs/database';
import { inSlice, OLDEST_BATCH } from '../projections/event-source.sql.js';
import type { Fold } from '../projections/fold.js';
import { foldStatement, mendStatement, pruneStatement } from '../projections/fold.sql.js';
import { ANALYTICS_OF_BATCHES, analyticsBetween, RAW_ANALYTICS } from './analytics-events.sql.js';

/** Whose event it is: whom it belongs to, and who acted. SQL over a row of `events`. */
const WHOSE: Readonly<Record<ActiveKind, readonly string[]>> = {
  asset: ['ip_asset_id'],
  brand: ['brand_id', "CASE WHEN actor_type = 'brand' THEN actor_id END"],
  creator: ['creator_id', "CASE WHEN actor_type = 'creator' THEN actor_id END"],
  license: ['license_id'],
  user: ['user_id'],
};

const PAIRS = Object.entries(WHOSE).flatMap(([kind, ids]) => ids.map((id) => [kind, id] as const));
const KINDS = PAIRS.map(([kind]) => `'${kind}'`).join(', ');
const IDS = PAIRS.map(([, id]) => id).join(', ');

/** Unnested in the list of columns: a lateral join of the pairs takes twice as long. */
const activityOf = (events: string): string => `
  SELECT kind, id, day
  FROM (
    SELECT unnest(ARRAY[${KINDS}]) AS kind, unnest(ARRAY[${IDS}]) AS id, day
    FROM (${events}) AS events
  ) AS whose
  WHERE id IS NOT NULL
`;

const facts = {
  table: 'last_activity',
  key: ['kind', 'id'],
  columns: {
    lastDay: {
      select: 'max(day)',
      merge: (column: string) => `greatest(stored.${column}, excluded.${column})`,
    },
  },
  dayOf: 'lastDay',
  // It is read as it is.
  rollups: [],
};

const slice = inSlice('id');
const cut = (events: string): string => `SELECT * FROM (${events}) AS activity WHERE ${slice}`;
const source = cut(activityOf(analyticsBetween('last-activity')));

/** Analytics events to `last_activity`: one row for each of whom there are events. */
export const LAST_ACTIVITY: Fold = {
  id: 'last-activity',
  contract: 'analytics',
  foldBatches: foldStatement(facts, activityOf(ANALYTICS_OF_BATCHES), OLDEST_BATCH),
  recount: {
    events: RAW_ANALYTICS,
    prune: pruneStatement(facts, { source, slice, lastTimeOf: 'lastDay' }),
    fold: foldStatement(facts, source),
    mend: mendStatement(facts, {
      ofTheDay: cut(activityOf(analyticsBetween('last-activity', ['$1', '$5']))),
      ofTheDayAfter: cut(activityOf(analyticsBetween('last-activity', ['$5', '$2']))),
      slice,
      lastTimeOf: 'lastDay',
    }),
  },
};
