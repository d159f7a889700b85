import type { SessionRow } from './about-sessions.js';
import { type AskedSessions, IN_DAYS, type SessionSource } from './asked-sessions.sql.js';
import type { Counting } from './checkout-sessions.repository.js';

export const ERRORS_DAILY: SessionSource = {
  from: 'checkout_errors_daily',
  within: IN_DAYS,
  rollups: ['checkout-errors-daily'],
};

/** Errors of a kind, or, where `day` is not null, all errors of a day. */
export interface ErrorRow extends SessionRow {
  readonly day: string | null;
  readonly error: string | null;
  readonly step: string | null;
  readonly paymentMethod: string | null;
  readonly events: number;
  readonly recovered: number;
}

/** Errors by kind, and all together by day: a session with several kinds is in one row of these. */
export function countErrors({ from, where, values, leftOut, rollups }: AskedSessions): Counting {
  const figures = `
    ${leftOut} AS "leftOut", sum(events) AS events, sum(sessions) AS sessions,
    sum(recovered) AS recovered, max(newest_received_at) AS "newestReceivedAt"
  `;
  const rows = `
    SELECT NULL::date AS day, error, step, payment_method AS "paymentMethod", ${figures}
    FROM ${from}
    WHERE ${where} AND error IS NOT NULL
    GROUP BY error, step, payment_method, "leftOut"
    UNION ALL
    SELECT day, NULL, NULL, NULL, ${figures}
    FROM ${from}
    WHERE ${where} AND error IS NULL
    GROUP BY day, "leftOut"
  `;
  return { rows, values, rollups };
}
