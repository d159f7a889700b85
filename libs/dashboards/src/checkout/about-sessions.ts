import type { CheckoutSessionsAnswer, CheckoutSessionsFilters } from '#libs/contracts';
import { type DayRange, viewOf } from '../ranges/day-range.js';
import type { LeftOut } from './asked-sessions.sql.js';

/** What every row of figures says beside them. */
export interface SessionRow {
  readonly leftOut: LeftOut | null;
  readonly sessions: number;
  readonly newestReceivedAt: string | null;
}

/** The rows that count; the others are left out. */
export const counting = <Row extends SessionRow>(rows: readonly Row[]): Row[] =>
  rows.filter(({ leftOut }) => leftOut === null);

export const sum = (values: readonly number[]): number =>
  values.reduce((all, value) => all + value, 0);

/** What an answer says beside its figures; `rows` hold each session of the range once. */
export function aboutSessions(
  { range, filters, asOf }: { range: DayRange; filters: CheckoutSessionsFilters; asOf: Date },
  rows: readonly SessionRow[],
): CheckoutSessionsAnswer {
  const leftOut = (why: LeftOut): number =>
    sum(rows.filter((row) => row.leftOut === why).map(({ sessions }) => sessions));
  return {
    range: viewOf(range),
    filters,
    asOf: asOf.toISOString(),
    newestReceivedAt: newestOf(rows),
    leftOut: {
      nonProductionSessions: leftOut('nonProduction'),
      otherHostSessions: leftOut('otherHost'),
    },
  };
}

/** When the newest event of all these rows was received; null where there is no row. */
export function newestOf(rows: readonly SessionRow[]): string | null {
  const times = rows.flatMap(({ newestReceivedAt: at }) => (at === null ? [] : [Date.parse(at)]));
  return times.length === 0 ? null : new Date(Math.max(...times)).toISOString();
}
