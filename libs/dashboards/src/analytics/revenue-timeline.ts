import type { RevenueOfDay } from '#libs/contracts';
import { daysOf } from '../ranges/utc-days.js';

/** Each day of a range with its revenue, also those on which nothing happened. */
export function revenueTimeline(
  range: { readonly from: string; readonly to: string },
  happened: readonly RevenueOfDay[],
): RevenueOfDay[] {
  const byDate = new Map(happened.map(({ date, revenueCents }) => [date, revenueCents]));
  return daysOf(range).map((date) => ({ date, revenueCents: byDate.get(date) ?? 0 }));
}
