import { DAYS_BY_DEFAULT, type DayRangeQuery, type DayRangeView, MOST_DAYS } from '#libs/contracts';
import { ContractBreachError } from '#libs/platform';
import { dayOf, daysAfter, daysFromTo, startOf } from './utc-days.js';

/** The days that an event can have: 1970 to 2100, as its time. */
export const EARLIEST_DAY = '1970-01-01';
const LATEST_DAY = '2100-01-01';

/** UTC days, both included, as a dashboard was asked about them or meant. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
  /** The last day is today, or yet to come. */
  readonly isLastDayIncomplete: boolean;
}

/**
 * The days that a question means: up to today, and 30 of them, where it does not say. At most so
 * many as a dashboard may be asked about.
 *
 * @throws ContractBreachError where they end before they begin, are too many, or no event can have
 * them.
 */
export function dayRangeOf(
  question: DayRangeQuery,
  now: Date,
  mostDays: number = MOST_DAYS,
): DayRange {
  const today = dayOf(now);
  const to = checked('to', question.to) ?? today;
  const from = checked('from', question.from) ?? firstOfDefault(to);
  const days = daysFromTo(from, to);
  if (days < 1) breach('from', 'must not be after `to`, which is today where it is absent');
  if (days > mostDays) breach('from', `must be at most ${mostDays} days up to \`to\``);
  return { from, to, isLastDayIncomplete: to >= today };
}

/** Its beginning and its end as moments, the end not included. */
export const momentsOf = ({ from, to }: DayRange): readonly [start: string, end: string] => [
  startOf(from),
  startOf(daysAfter(to, 1)),
];

export const viewOf = (range: DayRange): DayRangeView => ({ ...range, timeZone: 'UTC' });

const firstOfDefault = (to: string): string => {
  const first = daysAfter(to, 1 - DAYS_BY_DEFAULT);
  return first < EARLIEST_DAY ? EARLIEST_DAY : first;
};

function checked(field: string, day: string | undefined): string | undefined {
  if (day !== undefined && (day < EARLIEST_DAY || day > LATEST_DAY)) {
    breach(field, `must be a day from ${EARLIEST_DAY} to ${LATEST_DAY}`);
  }
  return day;
}

function breach(field: string, reason: string): never {
  throw new ContractBreachError([{ field, reason }]);
}
