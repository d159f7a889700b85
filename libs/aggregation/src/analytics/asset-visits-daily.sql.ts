import {
  type AssetVisitsDailyEntity,
  COUNTS_OF_ROWS,
  countsOfParts,
  partsOf,
  rowsAtAsset,
  toldApart,
  type VisitKind,
} from '#libs/database';
import { rollupStatement } from '../rollups/rollup.sql.js';
import type { Rollup } from '../rollups/rollup.js';

type Key = 'day' | 'ipAssetId' | 'dimensions' | 'referrer';

const FIGURES: Readonly<Record<Exclude<keyof AssetVisitsDailyEntity, Key>, string>> = {
  visits: 'sum(visits)',
  visitors: 'sum(visitors)',
  bots: 'sum(bots)',
  invalidRevenues: 'sum(invalid_revenues)',
};

const ID = 'asset-visits-daily';

/** The rows of the day, asset by asset: by day alone there is no index. */
const ROWS = `
  SELECT found.*
  FROM asset_days
  CROSS JOIN LATERAL (
    SELECT * FROM asset_sessions AS each
    WHERE each.ip_asset_id = asset_days.ip_asset_id AND each.day = $1::date
    OFFSET 0
  ) AS found
  WHERE asset_days.day = $1::date
`;

const SOURCE = `
  WITH rows AS MATERIALIZED (${ROWS})
  SELECT ip_asset_id, kind, id, is_bot, ${countsOfParts(1)}
  FROM (${partsOf(toldApart('SELECT * FROM rows'))}) AS parts
  UNION ALL
  SELECT ip_asset_id, 'row', NULL, false, ${COUNTS_OF_ROWS}
  FROM rows WHERE session_id = '' OR invalid_revenues <> '{}'
`;

const OTHER_DAYS = `each.day <> $1::date`;

/** By the index of sessions alone: whether one of them was anywhere on another day. */
const WAS_ELSEWHERE = (['<', '>'] as const)
  .map(
    (before) => `EXISTS (
      SELECT FROM asset_sessions AS each
      WHERE each.session_id = ids.id AND each.session_id <> '' AND each.day ${before} $1::date
    )`,
  )
  .join(' OR ');

/** And by that of visitors who are more than their session. */
const CAME_BACK = (['<', '>'] as const)
  .map(
    (before) => `EXISTS (
      SELECT FROM asset_sessions AS each
      WHERE each.ip_asset_id = source.ip_asset_id AND each.visitor = source.id
        AND each.visitor <> each.session_id AND each.day ${before} $1::date
    )`,
  )
  .join(' OR ');

const nearOf = (kind: VisitKind, mayBeElsewhere: string): string => `
    SELECT ip_asset_id, kind, id, each.day
    FROM source
    CROSS JOIN LATERAL (
      SELECT max(day) FILTER (WHERE day < $1::date) AS before,
             min(day) FILTER (WHERE day > $1::date) AS after,
             max(day) FILTER (WHERE day NOT IN (SELECT day FROM waiting)) AS counted
      FROM (${rowsAtAsset(kind, 'source', OTHER_DAYS)}) AS rows
    ) AS other
    CROSS JOIN LATERAL (SELECT before UNION SELECT after UNION SELECT counted) AS each (day)
    WHERE kind = '${kind}' AND (${mayBeElsewhere}) AND each.day IS NOT NULL
`;

const THERE = partsOf(
  (kind) => `
      SELECT near.id, found.*
      FROM near
      CROSS JOIN LATERAL (${rowsAtAsset(kind, 'near', 'each.day = near.day')}) AS found
      WHERE near.kind = '${kind}'
`,
);

/**
 * Notes what was at the asset on other days too, here and on one that is counted: where there are more
 * of those, they are noted. The nearest, counted or not, are for whoever counts them at this moment.
 */
const RETURNING = `
  waiting AS MATERIALIZED (SELECT day FROM touched_days WHERE rollup = '${ID}'),
  elsewhere AS MATERIALIZED (
    SELECT id FROM (SELECT DISTINCT id FROM source WHERE kind <> 'row') AS ids
    WHERE ${WAS_ELSEWHERE}
  ),
  near AS MATERIALIZED (
    ${nearOf('session', 'id IN (SELECT id FROM elsewhere)')}
    UNION ALL
    ${nearOf('visitor', `id IN (SELECT id FROM elsewhere) OR ${CAME_BACK}`)}
  ),
  noted AS (
    INSERT INTO returning_visits AS stored (ip_asset_id, day, kind, id, referrer, is_bot)
    SELECT ip_asset_id, day, kind, id, referrer, is_bot
    FROM (${THERE}) AS there
    UNION ALL
    SELECT ip_asset_id, $1::date, kind, id, referrer, is_bot
    FROM source WHERE (ip_asset_id, kind, id) IN (SELECT ip_asset_id, kind, id FROM near)
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (ip_asset_id, day, kind, id) DO UPDATE SET
      referrer = excluded.referrer, is_bot = excluded.is_bot
    WHERE (stored.referrer, stored.is_bot) IS DISTINCT FROM (excluded.referrer, excluded.is_bot)
  ),
  forgotten AS (
    DELETE FROM returning_visits
    WHERE day = $1::date
      AND (ip_asset_id, kind, id) NOT IN (SELECT ip_asset_id, kind, id FROM near)
  )
`;

/** Visits and visitors at each asset to `asset_visits_daily`, once their day rests. */
export const ASSET_VISITS_DAILY: Rollup = {
  id: ID,
  projections: ['asset-days', 'asset-sessions'],
  outlivesEvents: true,
  recountDay: rollupStatement({
    table: 'asset_visits_daily',
    distributedBy: 'ipAssetId',
    dimensions: { ipAssetId: 'ip_asset_id', referrer: 'referrer' },
    figures: FIGURES,
    source: SOURCE,
    notes: RETURNING,
  }),
};
