import type { TrackingDailyEntity } from '#libs/database';
import type { Rollup } from '../rollups/rollup.js';
import { rollupStatement } from '../rollups/rollup.sql.js';
import { EVENTS_OF_DAY } from './events-of-day.sql.js';

/** Anybody can make up steps: of a type, a flow and a day so many are told apart. */
export const MOST_STEPS = 200;

const EVENTS = `
  SELECT event_type, flow, CASE WHEN rank <= ${MOST_STEPS} THEN step END AS step, events, newest
  FROM (
    SELECT event_type, flow, step, count(*) AS events, max(received_at) AS newest,
           row_number() OVER (
             PARTITION BY event_type, flow ORDER BY count(*) DESC, step
           ) AS rank
    FROM (${EVENTS_OF_DAY}) AS events
    GROUP BY event_type, flow, step
  ) AS ranked
`;

type Dimension = 'eventType' | 'flow' | 'step';
type Figure = Exclude<keyof TrackingDailyEntity, Dimension | 'day' | 'dimensions'>;

const dimensions: Record<Dimension, string> = {
  eventType: 'event_type',
  flow: 'flow',
  step: 'step',
};

const figures: Record<Figure, string> = {
  events: 'sum(events)::int',
  newestReceivedAt: 'max(newest)',
};

/** Tracking events to `tracking_daily`. */
export const TRACKING_DAILY: Rollup = {
  id: 'tracking-daily',
  projections: ['page-visits'],
  looksUpDays: ['page-visits'],
  recountDay: rollupStatement({
    table: 'tracking_daily',
    distributedBy: 'eventType',
    dimensions,
    figures,
    source: EVENTS,
  }),
};
