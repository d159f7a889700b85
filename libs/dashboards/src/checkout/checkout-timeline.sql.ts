import type { CheckoutSessionsFilters } from '#libs/contracts';
import { CONVERTED_AT, SESSION_PAYMENT_METHOD } from '#libs/database';
import { dayOf } from '../ranges/utc-days.js';
import type { SessionRow } from './about-sessions.js';
import {
  askedSessions,
  FUNNEL_HOURLY,
  IN_MOMENTS,
  isOfAllOffers,
  type SessionSource,
  smallestFunnel,
} from './asked-sessions.sql.js';
import type { Counting } from './checkout-sessions.repository.js';

/** Where sessions have a moment: what that is, and whether days bound it, or moments. */
interface MomentSource extends SessionSource {
  readonly moment: string;
  readonly isByDay: boolean;
}

const BY_HOUR: MomentSource = {
  ...FUNNEL_HOURLY,
  moment: "(day + hour * interval '1 hour') AT TIME ZONE 'UTC'",
  isByDay: true,
};

const BY_DAY = {
  moment: "day::timestamp AT TIME ZONE 'UTC'",
  isByDay: true,
};

/** By the hour, no rollup tells offers apart: an offer and hour have a session or two. */
const SINGLE_SESSIONS: MomentSource = {
  from: `(
    SELECT *, 1 AS sessions, last_received_at AS newest_received_at,
           (${CONVERTED_AT} IS NOT NULL)::int AS conversions,
           ${SESSION_PAYMENT_METHOD} AS payment_method
    FROM checkout_sessions
  ) AS session`,
  within: IN_MOMENTS,
  rollups: [],
  moment: 'first_seen_at',
  isByDay: false,
};

/** Sessions of a bucket; its number counts from 1. */
export interface TimelineRow extends SessionRow {
  readonly bucket: number;
  readonly conversions: number;
}

/** Sessions and conversions between moments, each pair of which is a bucket. */
export function countTimeline(
  edges: readonly number[],
  { filters, daysOfUtc }: { filters: CheckoutSessionsFilters; daysOfUtc: boolean },
): Counting {
  const source = sourceOf(filters, daysOfUtc);
  const moments = edges.map((edge) => new Date(edge));
  const [start, end] = [moments[0]!, moments.at(-1)!] as const;
  const bounds = source.isByDay
    ? ([dayOf(start), dayOf(new Date(+end - 1))] as const)
    : ([start.toISOString(), end.toISOString()] as const);
  const asked = askedSessions(source, bounds, filters);
  const rows = `
    SELECT ${asked.leftOut} AS "leftOut",
           width_bucket(${source.moment}, $${asked.values.length + 1}::timestamptz[]) AS bucket,
           sum(sessions) AS sessions, sum(conversions) AS conversions,
           max(newest_received_at) AS "newestReceivedAt"
    FROM ${asked.from}
    WHERE ${asked.where}
    GROUP BY 1, 2
  `;
  return { rows, values: [...asked.values, moments], rollups: asked.rollups };
}

function sourceOf(filters: CheckoutSessionsFilters, daysOfUtc: boolean): MomentSource {
  if (daysOfUtc) return { ...smallestFunnel(filters), ...BY_DAY };
  return isOfAllOffers(filters) ? BY_HOUR : SINGLE_SESSIONS;
}
