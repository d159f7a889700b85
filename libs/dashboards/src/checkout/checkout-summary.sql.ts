import type { CheckoutEventName } from '#libs/contracts';
import type { SessionRow } from './about-sessions.js';
import { type AskedSessions, IN_DAYS, type SessionSource } from './asked-sessions.sql.js';
import type { Counting } from './checkout-sessions.repository.js';

const EVENTS_DAILY: SessionSource = {
  from: 'checkout_events_daily',
  within: IN_DAYS,
  rollups: ['checkout-events-daily'],
};

/** All offers together have rows of their own, whose offer is empty. */
export const eventsDaily = (ofAllOffers: boolean): SessionSource =>
  ofAllOffers ? { ...EVENTS_DAILY, within: `${IN_DAYS} AND offer_id = ''` } : EVENTS_DAILY;

/** Sessions, or, where `name` is not null, events of a name and the sessions that have such. */
export interface SummaryRow extends SessionRow {
  readonly name: CheckoutEventName | null;
  readonly conversions: number;
  readonly events: number;
}

/** Of the same question twice: its `sessions`, and its `events` by name. */
export const countSummary = (sessions: AskedSessions, events: AskedSessions): Counting => ({
  rows: `
    SELECT NULL AS name, ${sessions.leftOut} AS "leftOut", sum(sessions) AS sessions,
           sum(conversions) AS conversions, 0 AS events,
           max(newest_received_at) AS "newestReceivedAt"
    FROM ${sessions.from}
    WHERE ${sessions.where}
    GROUP BY "leftOut"
    UNION ALL
    SELECT event_name, ${events.leftOut} AS "leftOut", sum(sessions), 0, sum(events),
           max(newest_received_at)
    FROM ${events.from}
    WHERE ${events.where}
    GROUP BY event_name, "leftOut"
  `,
  values: sessions.values,
  rollups: [...sessions.rollups, ...events.rollups],
});
