import type { CheckoutEventDto } from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import { DEMO_OFFERS } from './catalogue.js';
import { type DemoPlan, endOf, startOf } from './demo-plan.js';

/**
 * A demo is recognised by its first and its last event. They go the way of all events, so a stored
 * one proves what was stored before it: the log keeps their order, and so does the writer. The
 * first names the plan, from which every other event can be made again and compared; the last
 * says that the demo is complete. They are development traffic, which figures leave out.
 */
export const FIRST_EVENT_ID = 'footfall-demo-begins';
export const LAST_EVENT_ID = 'footfall-demo-ends';

const DESCRIPTION =
  /^Footfall demo, seed (?<seed>\d{1,10}), 30 days to (?<lastDay>\d{4}-\d\d-\d\d)$/;

/** What the database holds of a marker. */
export interface StoredMarker {
  readonly eventId: string;
  readonly eventDescription: string | null;
  readonly timestamp: Date;
}

export const firstRecord = (plan: DemoPlan): AcceptedEvent =>
  record(plan, FIRST_EVENT_ID, startOf(plan));

export const lastRecord = (plan: DemoPlan): AcceptedEvent =>
  record(plan, LAST_EVENT_ID, endOf(plan) - 1);

/** Null where it is not what a demo writes, word by word and to the millisecond. */
export function planIn({ eventId, eventDescription, timestamp }: StoredMarker): DemoPlan | null {
  const { seed, lastDay } = DESCRIPTION.exec(eventDescription ?? '')?.groups ?? {};
  if (seed === undefined || lastDay === undefined) return null;
  if (Number.isNaN(Date.parse(lastDay))) return null;
  const plan = { seed: Number(seed), lastDay };
  const expected = (eventId === FIRST_EVENT_ID ? firstRecord : lastRecord)(plan);
  return +timestamp === expected.receipt.receivedAt ? plan : null;
}

function record(plan: DemoPlan, eventId: string, at: number): AcceptedEvent {
  const { offerId, productId, producerId } = DEMO_OFFERS[0]!;
  const event: CheckoutEventDto = {
    eventId,
    eventName: 'checkout_page_view',
    eventDescription: `Footfall demo, seed ${plan.seed}, 30 days to ${plan.lastDay}`,
    sessionId: 'footfall-demo',
    offerId,
    checkoutType: 'standard',
    checkoutMode: 'development',
    executionEnvironment: 'development',
    fullHostname: 'localhost',
    rootDomain: 'localhost',
    timestamp: at,
  };
  return {
    kind: 'event',
    contract: 'checkout',
    event,
    receipt: { requestId: eventId, receivedAt: at, ipAddress: '127.0.0.1', userAgent: null },
    offer: { productId, producerId },
  };
}
