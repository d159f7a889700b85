import { inSlice, OLDEST_BATCH } from '../projections/event-source.sql.js';
import type { Fold } from '../projections/fold.js';
import {
  foldStatement,
  mendStatement,
  pruneStatement,
  touchedDays,
} from '../projections/fold.sql.js';
import {
  ANALYTICS_OF_BATCHES,
  analyticsBetween,
  OF_VISITS,
  RAW_ANALYTICS,
} from './analytics-events.sql.js';

const daysOf = (events: string): string => `
  SELECT coalesce(ip_asset_id, '') AS ip_asset_id, day, received_at,
         coalesce(ip_asset_id, project_id, license_id) IS NOT NULL AS has_figures
  FROM (${events}) AS events
`;

const facts = {
  table: 'asset_days',
  key: ['ipAssetId', 'day'],
  columns: {
    newestReceivedAt: {
      select: 'max(received_at)',
      merge: (column: string) => `greatest(stored.${column}, excluded.${column})`,
    },
  },
  dayOf: 'day',
  rollups: ['daily-metrics', 'platform-daily', ...OF_VISITS],
  atLeisure: OF_VISITS,
};

/**
 * Every event changes a count, also one that changes no row here: so every day that comes is noted,
 * and of it the assets whose figures are to be recounted.
 */
const FOLD_BATCHES = `
  WITH incoming AS MATERIALIZED (
    SELECT ip_asset_id, day, max(received_at) AS newest_received_at,
           bool_or(has_figures) AS has_figures
    FROM (${daysOf(ANALYTICS_OF_BATCHES)}) AS events
    GROUP BY ip_asset_id, day
  ),
  folded AS (
    INSERT INTO asset_days AS stored (ip_asset_id, day, newest_received_at)
    SELECT ip_asset_id, day, newest_received_at FROM incoming
    ORDER BY ip_asset_id, day
    ON CONFLICT (ip_asset_id, day) DO UPDATE SET newest_received_at = excluded.newest_received_at
    WHERE stored.newest_received_at < excluded.newest_received_at
    RETURNING 1
  ),
  noted AS (
    INSERT INTO touched_assets (day, ip_asset_id, stored_at)
    SELECT day, ip_asset_id, ${OLDEST_BATCH} FROM incoming WHERE has_figures
  ),
  moments AS (SELECT day AS moment FROM incoming),
  ${touchedDays(facts, OLDEST_BATCH)}
  SELECT (SELECT count(*)::int FROM folded) AS rows,
         ARRAY(SELECT day::text FROM days ORDER BY day) AS days
`;

const slice = inSlice('ip_asset_id');
const cut = (events: string): string => `SELECT * FROM (${events}) AS days WHERE ${slice}`;
const source = cut(daysOf(analyticsBetween('asset-days')));
const ofTheDay = cut(daysOf(analyticsBetween('asset-days', ['$1', '$5'])));

/** Analytics events to `asset_days`, with notes of which figures they change. */
export const ASSET_DAYS: Fold = {
  id: 'asset-days',
  contract: 'analytics',
  foldBatches: FOLD_BATCHES,
  recount: {
    events: RAW_ANALYTICS,
    prune: pruneStatement(facts, { source, slice, lastTimeOf: 'day' }),
    fold: foldStatement(facts, source),
    // A row is of one day.
    mend: mendStatement(facts, { ofTheDay, slice, lastTimeOf: 'day' }),
  },
};
