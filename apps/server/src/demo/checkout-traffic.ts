import type { AcceptedEvent } from '#libs/event-log';
import { DEMO_OFFERS, UNKNOWN_OFFER_ID } from './catalogue.js';
import { deliveredCheckout } from './checkout-delivery.js';
import { checkoutSession } from './checkout-session.js';
import type { CheckoutVisit } from './checkout-walk.js';
import type { DemoDay, DemoSource } from './demo-plan.js';
import type { Random } from './random.js';
import { sessionsOn, someTimeOn } from './traffic-shape.js';
import { someStorefront, someVisitor } from './visitor.js';

/** The other checkouts show everything on one page. */
const IN_STEPS = 0.4;
const NEWER_FRONT_END = 0.7;
/** Looked at another offer first: one session, two funnels. */
const COMPARES = 0.03;
const COMPARES_FOR_MS = 45_000;
/** Days on which somebody sold an offer that was not in the catalogue. */
const SOLD_TOO_EARLY: ReadonlySet<number> = new Set([6, 15, 24]);

/** Checkout sessions, from the first page view to the sale or to where the visitor left. */
export const checkoutTraffic: DemoSource = function* (day) {
  const sessions = sessionsOn(day, day.random('sessions'));
  for (let i = 0; i < sessions; i++) {
    const random = day.random(`session ${i}`);
    const visit = someVisit(day, random);
    if (random.chance(COMPARES)) yield* glance(visit, random);
    yield* visited(visit, visit.offer, random);
  }
};

/** Events that were taken while nobody could tell their offer; they wait for it. */
export const unknownOffers: DemoSource = function* (day) {
  if (!SOLD_TOO_EARLY.has(day.index)) return;
  const random = day.random('unknown offer');
  yield* visited({ ...someVisit(day, random), offerId: UNKNOWN_OFFER_ID }, null, random);
};

interface Visit extends CheckoutVisit {
  readonly offer: NonNullable<AcceptedEvent['offer']>;
}

export function someVisit(day: DemoDay, random: Random): Visit {
  const chosen = random.pickWeighted(DEMO_OFFERS, ({ weight }) => weight);
  const { offerId, productId, producerId } = chosen;
  return {
    sessionId: `demo-${random.hex(12)}`,
    offerId,
    offer: { productId, producerId },
    checkoutType: random.chance(IN_STEPS) ? '3steps' : 'standard',
    storefront: someStorefront(producerId, random),
    visitor: someVisitor(random),
    startedAt: someTimeOn(day, random),
    describes: random.chance(NEWER_FRONT_END),
  };
}

function* visited(
  visit: CheckoutVisit,
  offer: AcceptedEvent['offer'],
  random: Random,
): Generator<AcceptedEvent, void> {
  for (const event of checkoutSession(visit, random)) {
    yield* deliveredCheckout(event, visit.visitor, offer, random);
  }
}

/** The page of another offer, and no more of it. */
function* glance(visit: Visit, random: Random): Generator<AcceptedEvent, void> {
  const { offerId, productId, producerId } = random.pick(DEMO_OFFERS);
  const [pageView] = checkoutSession({ ...visit, offerId }, random);
  if (pageView === undefined || offerId === visit.offerId) return;
  const event = {
    ...pageView,
    eventId: `${visit.sessionId}-0`,
    timestamp: visit.startedAt - COMPARES_FOR_MS,
  };
  yield* deliveredCheckout(event, visit.visitor, { productId, producerId }, random);
}
