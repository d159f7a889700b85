import { type Cockpit, COCKPIT_STAGES, COCKPITS } from '#libs/contracts';
import type { CockpitSessionEntity } from '#libs/database';
import {
  eventsBetween,
  eventsOfBatches,
  inSlice,
  OLDEST_BATCH,
  rawBetween,
} from '../projections/event-source.sql.js';
import type { Fold } from '../projections/fold.js';
import {
  firstTime,
  firstValue,
  type FoldedColumn,
  foldStatement,
  lastTime,
  mendStatement,
  pruneStatement,
} from '../projections/fold.sql.js';
import { COCKPIT_DIFFERENCES } from './cockpit-daily.sql.js';

/** The events of a flow, as a list of SQL. */
const eventsOf = (cockpit: Cockpit): string =>
  COCKPIT_STAGES[cockpit].map(({ eventType }) => `'${eventType}'`).join(', ');

/**
 * Cockpit events with the key of their session. A creation is one whatever product it ends with,
 * and its product has no slug before it exists; a visitor buys this product or that.
 */
const cockpitEvents = (events: string): string => `
    SELECT CASE WHEN creates THEN 'creation' ELSE 'purchase' END AS cockpit,
           CASE WHEN creates THEN coalesce(cockpit_sessino_id, session_id) ELSE session_id END
             AS session_id,
           flow,
           CASE WHEN creates THEN '' ELSE coalesce(product_slug, '') END AS product,
           event_type, product_slug, received_at, counted_at
    FROM (
      SELECT *, event_type IN (${eventsOf('creation')}) AS creates FROM (${events}) AS tracking
    ) AS tracking
    WHERE flow IS NOT NULL AND (creates OR event_type IN (${eventsOf('purchase')}))
`;

/** When a session came to the stage of this place in its flow. */
const stage = (place: number): FoldedColumn => {
  const events = COCKPITS.map((cockpit) => `'${COCKPIT_STAGES[cockpit][place - 1]!.eventType}'`);
  return firstTime(`event_type IN (${events.join(', ')})`);
};

const KEY = ['cockpit', 'sessionId', 'flow', 'product'] as const;

const columns: Record<Exclude<keyof CockpitSessionEntity, (typeof KEY)[number]>, FoldedColumn> = {
  firstSeenAt: firstTime(),
  lastSeenAt: lastTime(),
  newestReceivedAt: {
    select: 'max(received_at)',
    merge: (column) => `greatest(stored.${column}, excluded.${column})`,
  },
  productSlug: firstValue('product_slug', 'product_slug_at'),
  productSlugAt: firstTime('product_slug IS NOT NULL'),
  stage1At: stage(1),
  stage2At: stage(2),
  stage3At: stage(3),
  stage4At: stage(4),
  stage5At: stage(5),
};

const facts = {
  table: 'cockpit_sessions',
  key: KEY,
  columns,
  dayOf: 'firstSeenAt',
  rollups: ['cockpit-daily'],
};

const ofBatches = cockpitEvents(eventsOfBatches('tracking'));
const folded = eventsBetween('tracking', 'cockpit-sessions');
const slice = inSlice('session_id');
const sliced = (events: string): string =>
  `SELECT * FROM (${cockpitEvents(events)}) AS cockpit WHERE ${slice}`;
const source = sliced(folded);

/** Tracking events to `cockpit_sessions`: one row a session, flow and product. */
export const COCKPIT_SESSIONS: Fold = {
  id: 'cockpit-sessions',
  contract: 'tracking',
  foldBatches: foldStatement(facts, ofBatches),
  foldNewBatches: foldStatement(facts, ofBatches, OLDEST_BATCH, COCKPIT_DIFFERENCES),
  recount: {
    events: rawBetween('tracking'),
    prune: pruneStatement(facts, { source, slice, lastTimeOf: 'lastSeenAt' }),
    fold: foldStatement(facts, source),
    mend: mendStatement(facts, {
      ofTheDay: sliced(eventsBetween('tracking', 'cockpit-sessions', ['$1', '$5'])),
      ofTheDayAfter: sliced(eventsBetween('tracking', 'cockpit-sessions', ['$5', '$2'])),
      slice,
      lastTimeOf: 'lastSeenAt',
    }),
  },
};
