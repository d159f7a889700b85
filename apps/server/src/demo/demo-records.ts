import type { CheckoutEventDto } from '#libs/contracts';
import type { EventRecord } from '#libs/event-log';
import { analyticsAnnouncements } from './analytics-announcements.js';
import { analyticsLicenses } from './analytics-licenses.js';
import { analyticsPlatform, analyticsRefusals } from './analytics-platform.js';
import { analyticsPosts } from './analytics-posts.js';
import { analyticsVisits } from './analytics-visits.js';
import { refusals, unstorable } from './checkout-mishaps.js';
import { checkoutTraffic, unknownOffers } from './checkout-traffic.js';
import { commerceNewer, commerceRefusals } from './commerce-others.js';
import { commercePayouts } from './commerce-payouts.js';
import { commerceReferrals } from './commerce-referrals.js';
import { commerceSales } from './commerce-sales.js';
import { firstRecord, lastRecord } from './demo-markers.js';
import { DAY_MS, type DemoPlan, type DemoSource, daysOf } from './demo-plan.js';
import { trackingRefusals, trackingTraffic } from './tracking-traffic.js';

/** What each contract brings. A new contract adds its own, and changes nobody else's chance. */
const SOURCES: readonly DemoSource[] = [
  ...[checkoutTraffic, unknownOffers, refusals, unstorable],
  ...[trackingTraffic, trackingRefusals],
  ...[analyticsAnnouncements, analyticsVisits, analyticsPosts, analyticsLicenses],
  ...[analyticsPlatform, analyticsRefusals],
  ...[commerceSales, commerceReferrals, commercePayouts, commerceNewer, commerceRefusals],
];

const byReceipt = (a: EventRecord, b: EventRecord): number =>
  a.receipt.receivedAt - b.receipt.receivedAt;

/**
 * All records of a demo in the order in which they would have been received, day by day; the
 * first and the last are its marks. What would arrive after the last day has not arrived yet.
 */
export function* demoRecords(plan: DemoPlan): Generator<EventRecord[], void> {
  const days = daysOf(plan);
  let later: EventRecord[] = [];
  for (const day of days) {
    const known = [...later, ...SOURCES.flatMap((source) => [...source(day)])];
    const end = day.start + DAY_MS;
    const received = known.filter(({ receipt }) => receipt.receivedAt < end).toSorted(byReceipt);
    later = known.filter(({ receipt }) => receipt.receivedAt >= end);
    if (day === days[0]) received.unshift(firstRecord(plan));
    if (day === days.at(-1)) received.push(lastRecord(plan));
    yield received;
  }
}

/** A session of the last day that ended in a sale. */
export function exampleSession(plan: DemoPlan): string {
  const [lastDay] = daysOf(plan).slice(-1);
  const records = lastDay === undefined ? [] : [...checkoutTraffic(lastDay)];
  const events = records.flatMap((record) =>
    record.kind === 'event' ? [record.event as CheckoutEventDto] : [],
  );
  const sale = events.find(
    ({ eventName, executionEnvironment }) =>
      eventName === 'checkout_conversion_success' && executionEnvironment === 'production',
  );
  return sale?.sessionId ?? '';
}
