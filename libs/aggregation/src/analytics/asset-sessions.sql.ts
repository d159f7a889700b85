import type { AssetSessionEntity } from '#libs/database';
import { inSlice, OLDEST_BATCH } from '../projections/event-source.sql.js';
import type { Fold } from '../projections/fold.js';
import {
  ever,
  firstTime,
  firstValue,
  type FoldedColumn,
  foldStatement,
  mendStatement,
  pruneStatement,
} from '../projections/fold.sql.js';
import {
  ANALYTICS_OF_BATCHES,
  analyticsBetween,
  OF_VISITS,
  RAW_ANALYTICS,
} from './analytics-events.sql.js';
import { IS_INVALID_REVENUE } from './measured-props.sql.js';

/** What stands behind the path of a page before is often about a person, and tells pages apart. */
const PAGE = `nullif(left(split_part(split_part(referrer, '?', 1), '#', 1), 2048), '')`;

/** The visits of some events that belong to an asset. */
const visitsOf = (events: string): string => `
  SELECT id, event_type, props_json, counted_at, ip_asset_id, day, is_bot, utm_source,
         coalesce(session_id, '') AS session_id,
         coalesce(actor_id, session_id, '') AS visitor,
         ${PAGE} AS referrer
  FROM (${events}) AS events
  WHERE ip_asset_id IS NOT NULL
`;

/** The ids of the events of which something is true: a set, in whatever order they come. */
const eventsThat = (condition: string): FoldedColumn => ({
  select: `coalesce(array_agg(DISTINCT id ORDER BY id) FILTER (WHERE ${condition}), '{}')`,
  merge: (column) =>
    `ARRAY(SELECT DISTINCT unnest(stored.${column} || excluded.${column}) ORDER BY 1)`,
});

const KEY = ['ipAssetId', 'day', 'sessionId', 'visitor'] as const;

const columns: Record<Exclude<keyof AssetSessionEntity, (typeof KEY)[number]>, FoldedColumn> = {
  utmSource: firstValue('utm_source', 'utm_source_at'),
  utmSourceAt: firstTime('utm_source IS NOT NULL'),
  referrer: firstValue('referrer', 'referrer_at'),
  referrerAt: firstTime('referrer IS NOT NULL'),
  isBot: ever('is_bot'),
  conversions: eventsThat("event_type = 'license_created'"),
  invalidRevenues: eventsThat(IS_INVALID_REVENUE),
};

const facts = {
  table: 'asset_sessions',
  key: KEY,
  columns,
  dayOf: 'day',
  rollups: ['platform-daily', ...OF_VISITS],
  atLeisure: OF_VISITS,
};

const slice = inSlice("ip_asset_id || ' ' || session_id");
const cut = (events: string): string => `SELECT * FROM (${events}) AS visits WHERE ${slice}`;
const source = cut(visitsOf(analyticsBetween('asset-sessions')));
const ofTheDay = cut(visitsOf(analyticsBetween('asset-sessions', ['$1', '$5'])));

/** Analytics events to `asset_sessions`: one row an asset, day, session and visitor. */
export const ASSET_SESSIONS: Fold = {
  id: 'asset-sessions',
  contract: 'analytics',
  foldBatches: foldStatement(facts, visitsOf(ANALYTICS_OF_BATCHES), OLDEST_BATCH),
  recount: {
    events: RAW_ANALYTICS,
    prune: pruneStatement(facts, { source, slice, lastTimeOf: 'day' }),
    fold: foldStatement(facts, source),
    // A visit is of one day.
    mend: mendStatement(facts, { ofTheDay, slice, lastTimeOf: 'day' }),
  },
};
