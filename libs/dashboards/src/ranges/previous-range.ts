import type { DayRange } from './day-range.js';
import { dayOf, daysAfter, daysFromTo } from './utc-days.js';

/** As many days just before these. */
export function previousOf({ from, to }: DayRange, now: Date): DayRange {
  const last = daysAfter(from, -1);
  return {
    from: daysAfter(from, -daysFromTo(from, to)),
    to: last,
    isLastDayIncomplete: last >= dayOf(now),
  };
}
