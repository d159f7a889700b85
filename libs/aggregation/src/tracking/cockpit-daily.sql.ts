import type { CockpitDailyEntity } from '#libs/database';
import { added, dayOf, firstCounted } from '../projections/difference.sql.js';
import type { Differences } from '../projections/fold.sql.js';
import type { Rollup } from '../rollups/rollup.js';
import { rollupStatement } from '../rollups/rollup.sql.js';

/** Some sessions: each once for its flow, and once more for its product where it has one. */
const toldApart = (sessions: string): string => `
  SELECT *, NULL::varchar AS told_apart FROM ${sessions}
  UNION ALL
  SELECT *, product_slug FROM ${sessions} AND product_slug IS NOT NULL
`;

const SESSIONS = toldApart(`cockpit_sessions
  WHERE first_seen_at >= $1::date AND first_seen_at < $1::date + 1`);

/** Null for a stage that was not come to, which is no `true`. */
function inOrderUpTo(place: number): string {
  const pairs = Array.from(
    { length: place - 1 },
    (_, index) => `stage${index + 1}_at <= stage${index + 2}_at`,
  );
  return ['stage1_at IS NOT NULL', ...pairs].join(' AND ');
}

type Dimension = 'cockpit' | 'flow' | 'productSlug';
type Figure = Exclude<keyof CockpitDailyEntity, Dimension | 'day' | 'dimensions'>;

const dimensions: Record<Dimension, string> = {
  cockpit: 'cockpit',
  flow: 'flow',
  productSlug: 'told_apart',
};

/** Which sessions are counted as what. */
const COUNTED_WHERE: Record<Exclude<Figure, 'newestReceivedAt'>, string> = {
  sessions: 'true',
  stage1: 'stage1_at IS NOT NULL',
  stage2: 'stage2_at IS NOT NULL',
  stage3: 'stage3_at IS NOT NULL',
  stage4: 'stage4_at IS NOT NULL',
  stage5: 'stage5_at IS NOT NULL',
  stage1InOrder: inOrderUpTo(1),
  stage2InOrder: inOrderUpTo(2),
  stage3InOrder: inOrderUpTo(3),
  stage4InOrder: inOrderUpTo(4),
  stage5InOrder: inOrderUpTo(5),
};

const each = (count: (condition: string) => string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(COUNTED_WHERE).map(([figure, condition]) => [figure, count(condition)]),
  );

const figures = {
  ...each((condition) => `count(*) FILTER (WHERE ${condition})`),
  newestReceivedAt: 'max(newest_received_at)',
};

/** What new events make more or less of it. */
export const COCKPIT_DIFFERENCES: Differences = {
  isCounted: 'true',
  ctes: () =>
    added({
      table: 'cockpit_daily',
      distributedBy: 'cockpit',
      dimensions: Object.keys(dimensions),
      figures: {
        ...each((condition) => `coalesce(sum(sign) FILTER (WHERE ${condition}), 0)::integer`),
        newestReceivedAt: "coalesce(max(newest_received_at) FILTER (WHERE sign = 1), 'epoch')",
      },
      sizes: ['sessions'],
      source: `
        SELECT *, told_apart AS product_slug FROM (
          SELECT sign, cockpit, flow, told_apart, newest_received_at,
                 ${[1, 2, 3, 4, 5].map((place) => `stage${place}_at`).join(', ')},
                 ${dayOf('first_seen_at')} AS day
          FROM (${toldApart('versions WHERE true')}) AS versions
        ) AS told
        WHERE day >= ${firstCounted('tracking')}`,
    }),
};

/** `cockpit_sessions` to `cockpit_daily`. */
export const COCKPIT_DAILY: Rollup = {
  id: 'cockpit-daily',
  projections: ['cockpit-sessions'],
  looksUpDays: ['cockpit-sessions'],
  recountDay: rollupStatement({
    table: 'cockpit_daily',
    distributedBy: 'cockpit',
    dimensions,
    figures,
    source: SESSIONS,
  }),
};
