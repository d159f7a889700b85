import type { CheckoutStep } from '#libs/contracts';
import type { SessionRow } from './about-sessions.js';
import type { AskedSessions } from './asked-sessions.sql.js';
import type { Counting } from './checkout-sessions.repository.js';

/** Of each step: the columns of who began it, ended it well, and had an error in it. */
const COLUMNS: Record<CheckoutStep, readonly [started: string, completed: string, errors: string]> =
  {
    identification: ['identification_started', 'identification_completed', 'identification_errors'],
    address: ['address_started', 'address_completed', 'address_errors'],
    payment: ['payment_started', 'conversions', 'payment_errors'],
  };

/** Of each step: who began it, ended it well, and had an error in it. */
export type StepsRow = SessionRow & Readonly<Record<CheckoutStep, readonly number[]>>;

/** Sessions, and how many of them did what in each step. */
export const countSteps = ({ from, where, values, leftOut, rollups }: AskedSessions): Counting => ({
  rows: `
    SELECT ${leftOut} AS "leftOut", sum(sessions) AS sessions,
           max(newest_received_at) AS "newestReceivedAt",
           ${Object.entries(COLUMNS)
             .map(
               ([step, columns]) =>
                 `ARRAY[${columns.map((column) => `sum(${column})`).join(', ')}] AS ${step}`,
             )
             .join(', ')}
    FROM ${from}
    WHERE ${where}
    GROUP BY 1
  `,
  values,
  rollups,
});
