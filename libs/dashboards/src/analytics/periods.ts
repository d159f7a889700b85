import { type AssetMetricsQuestion, DAYS_OF_PERIOD, type Period } from '#libs/contracts';
import { ContractBreachError } from '#libs/platform';
import { type DayRange, dayRangeOf, EARLIEST_DAY } from '../ranges/day-range.js';
import { dayOf, daysAfter, daysFromTo } from '../ranges/utc-days.js';

/** The days of a period, up to today. `all` begins with the first day that an event can have. */
export function rangeOfPeriod(period: Period, now: Date): DayRange {
  const to = dayOf(now);
  const days = DAYS_OF_PERIOD[period];
  const from = days === null ? EARLIEST_DAY : daysAfter(to, 1 - days);
  return { from, to, isLastDayIncomplete: true };
}

/** The first of as many days before some days. */
export const firstOfPrevious = ({ from, to }: DayRange): string =>
  daysAfter(from, -daysFromTo(from, to));

/**
 * The days that hold two moments, and those between.
 *
 * @throws ContractBreachError where the first does not lie before the second, or the days are not
 * ones that a dashboard may be asked about.
 */
export function rangeOfMetrics({ start, end }: AssetMetricsQuestion, now: Date): DayRange {
  if (start !== undefined && end !== undefined && start >= end) {
    throw new ContractBreachError([{ field: 'start', reason: 'must be before `end`' }]);
  }
  try {
    return dayRangeOf({ from: dayAt(start), to: dayAt(end) }, now);
  } catch (error) {
    if (error instanceof ContractBreachError) throw inWordsOfMetrics(error);
    throw error;
  }
}

const dayAt = (moment: string | undefined): string | undefined =>
  moment === undefined ? undefined : dayOf(new Date(moment));

/** The same rules go by other names here. */
const inWordsOfMetrics = ({ breaches }: ContractBreachError): ContractBreachError =>
  new ContractBreachError(
    breaches.map(({ field, reason }) => ({
      field: field === 'from' ? 'start' : 'end',
      reason: reason.replace('`to`', '`end`'),
    })),
  );
