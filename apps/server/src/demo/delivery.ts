import type { CheckoutEventDto } from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import type { Receipt } from '#libs/platform';
import { DAY_MS } from './demo-plan.js';
import type { Random } from './random.js';
import type { Visitor } from './visitor.js';

type Offer = AcceptedEvent['offer'];

const HOUR_MS = 3_600_000;
/** Kept by a browser that was offline, and sent when it was back. */
const LATE = { share: 0.008, least: HOUR_MS, most: 4 * DAY_MS };
/** Sent again by a browser that saw no answer. */
const SENT_AGAIN = 0.015;
/** Sent again under the same key with other content, by a front end that is wrong. */
const CONTRADICTED = 0.0003;

/** How an event of a visitor arrived: mostly once and at once. */
export function* delivered(
  event: CheckoutEventDto,
  visitor: Visitor,
  offer: Offer,
  random: Random,
): Generator<AcceptedEvent, void> {
  const wait = random.chance(LATE.share) ? random.between(LATE.least, LATE.most) : 0;
  const receivedAt = Math.round(event.timestamp + wait + random.between(40, 900));
  const record = (sent: CheckoutEventDto, at: number): AcceptedEvent => ({
    kind: 'event',
    contract: 'checkout',
    event: sent,
    receipt: receiptOf(visitor, at, random),
    offer,
  });
  yield record(event, receivedAt);
  if (random.chance(SENT_AGAIN)) yield record(event, receivedAt + random.whole(500, 20_000));
  if (random.chance(CONTRADICTED)) {
    yield record(contradicting(event), receivedAt + random.whole(500, 20_000));
  }
}

/** A receipt as the door would have written it. */
export const receiptOf = (visitor: Visitor, receivedAt: number, random: Random): Receipt => ({
  requestId: `demo-${random.hex(10)}`,
  receivedAt,
  ipAddress: visitor.ipAddress,
  userAgent: visitor.userAgent,
});

const contradicting = (event: CheckoutEventDto): CheckoutEventDto => ({
  ...event,
  checkoutType: event.checkoutType === 'standard' ? '3steps' : 'standard',
});
