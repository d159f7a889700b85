import type { CockpitDailyEntity } from '#libs/database';
import type { Rollup } from '../rollups/rollup.js';
import { rollupStatement } from '../rollups/rollup.sql.js';

/** The sessions of a day: each once for its flow, and once more for its product where it has one. */
const SESSIONS = `
  SELECT *, NULL::varchar AS told_apart FROM cockpit_sessions
  WHERE first_seen_at >= $1::date AND first_seen_at < $1::date + 1
  UNION ALL
  SELECT *, product_slug FROM cockpit_sessions
  WHERE first_seen_at >= $1::date AND first_seen_at < $1::date + 1 AND product_slug IS NOT NULL
`;

/** Null for a stage that was not come to, which is no `true`. */
function inOrderUpTo(place: number): string {
  const pairs = Array.from(
    { length: place - 1 },
    (_, index) => `stage${index + 1}_at <= stage${index + 2}_at`,
  );
  return `count(*) FILTER (WHERE ${['stage1_at IS NOT NULL', ...pairs].join(' AND ')})`;
}

type Dimension = 'cockpit' | 'flow' | 'productSlug';
type Figure = Exclude<keyof CockpitDailyEntity, Dimension | 'day' | 'dimensions'>;

const dimensions: Record<Dimension, string> = {
  cockpit: 'cockpit',
  flow: 'flow',
  productSlug: 'told_apart',
};

const figures: Record<Figure, string> = {
  sessions: 'count(*)',
  stage1: 'count(stage1_at)',
  stage2: 'count(stage2_at)',
  stage3: 'count(stage3_at)',
  stage4: 'count(stage4_at)',
  stage5: 'count(stage5_at)',
  stage1InOrder: inOrderUpTo(1),
  stage2InOrder: inOrderUpTo(2),
  stage3InOrder: inOrderUpTo(3),
  stage4InOrder: inOrderUpTo(4),
  stage5InOrder: inOrderUpTo(5),
  newestReceivedAt: 'max(newest_received_at)',
};

/** `cockpit_sessions` to `cockpit_daily`. */
export const COCKPIT_DAILY: Rollup = {
  id: 'cockpit-daily',
  projections: ['cockpit-sessions'],
  recountDay: rollupStatement({
    table: 'cockpit_daily',
    distributedBy: 'cockpit',
    dimensions,
    figures,
    source: SESSIONS,
  }),
};
