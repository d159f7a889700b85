import { type CreatorVisitsDailyEntity, isBelieved, visitsOf } from '#libs/database';
import { rollupStatement } from '../rollups/rollup.sql.js';
import type { Rollup } from '../rollups/rollup.js';

type Key = 'day' | 'creatorId' | 'dimensions' | 'source';

const FIGURES: Readonly<Record<Exclude<keyof CreatorVisitsDailyEntity, Key>, string>> = {
  visits: 'sum(visits)',
  botVisits: 'sum(bot_visits)',
  conversions: 'sum(conversions)',
  invalidRevenues: 'sum(invalid_revenues)',
};

/** Of the catalogue, whose ids are compared as it orders them. */
const IS_OWNED = (assetId: string): string => `
  owned.asset_id = ${assetId} COLLATE "C" AND ${isBelieved('owned.creator_id_claim')}
`;

/** The rows of the day, asset by asset: by day alone there is no index. */
const ROWS = `
  SELECT owned.creator_id, found.*
  FROM asset_days
  JOIN catalog_assets AS owned ON ${IS_OWNED('asset_days.ip_asset_id')}
  CROSS JOIN LATERAL (
    SELECT * FROM asset_sessions AS each
    WHERE each.ip_asset_id = asset_days.ip_asset_id AND each.day = $1::date
    OFFSET 0
  ) AS found
  WHERE asset_days.day = $1::date AND owned.creator_id IS NOT NULL
`;

const OF_SESSION = `
        SELECT ip_asset_id FROM asset_sessions AS each
        WHERE each.session_id = source.session_id AND each.session_id <> ''`;

/**
 * Notes the sessions that were at assets of the creator on other days too, before or after. Of two
 * days, the one that is counted last sees the other: whatever changes, touches its day.
 */
const LONG_VISITS = `
  noted AS (
    INSERT INTO long_visits (creator_id, day, session_id)
    SELECT creator_id, $1::date, session_id
    FROM source
    CROSS JOIN LATERAL (
      SELECT FROM (${OF_SESSION} AND day < $1::date UNION ALL ${OF_SESSION} AND day > $1::date) AS other
      WHERE (
        SELECT owned.creator_id FROM catalog_assets AS owned WHERE ${IS_OWNED('other.ip_asset_id')}
      ) = source.creator_id
      LIMIT 1
    ) AS elsewhere
    ORDER BY creator_id, session_id
    ON CONFLICT (creator_id, day, session_id) DO NOTHING
  )
`;

/**
 * Visits at assets to `creator_visits_daily`, once their day rests: a dashboard reads the visits of
 * days that wait to be counted themselves, so that their figures are as fresh as the projections.
 */
export const CREATOR_VISITS_DAILY: Rollup = {
  id: 'creator-visits-daily',
  projections: ['asset-days', 'asset-sessions'],
  outlivesEvents: true,
  recountDay: rollupStatement({
    table: 'creator_visits_daily',
    distributedBy: 'creatorId',
    dimensions: { creatorId: 'creator_id', source: 'source' },
    figures: FIGURES,
    source: visitsOf(ROWS, 'creator_id'),
    notes: LONG_VISITS,
  }),
};
