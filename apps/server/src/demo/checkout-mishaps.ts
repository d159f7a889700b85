import { CHECKOUT_EVENT_NAMES, type CheckoutEventDto } from '#libs/contracts';
import type { Refusal } from '#libs/event-log';
import { type BadBody, breach, refusalOf } from './bad-body.js';
import { deliveredCheckout } from './checkout-delivery.js';
import { checkoutSession } from './checkout-session.js';
import { someVisit } from './checkout-traffic.js';
import type { DemoSource } from './demo-plan.js';

/** The day of the events that no table can hold. */
const UNSTORABLE_ON = 12;

/** What integrators get wrong, each made from an event that is right. */
export const MISTAKES: readonly ((event: CheckoutEventDto) => BadBody)[] = [
  (event) => breach('offerId', 'is required', { ...event, offerId: undefined }),
  (event) =>
    breach('eventName', `must be one of: ${CHECKOUT_EVENT_NAMES.join(', ')}`, {
      ...event,
      eventName: 'purchase',
    }),
  (event) => breach('timestamp', 'must be a whole number', { ...event, timestamp: 'yesterday' }),
  (event) =>
    breach('productId', 'must not be sent: the server resolves it', { ...event, productId: '7' }),
  (event) => breach('fullHostname', 'must not be empty', { ...event, fullHostname: '' }),
  (event) => breach('offerId', 'no such offer', { ...event, offerId: 'offer-1-old' }),
  () => ({ reason: 'not_json', breach: { field: 'body', reason: 'is not JSON' }, body: null }),
];

/** What the door refused: a mistake in the morning, perhaps another one later. */
export const refusals: DemoSource = function* (day): Generator<Refusal, void> {
  const random = day.random('refusals');
  const first = day.index % MISTAKES.length;
  const mistakes = MISTAKES.slice(first, first + random.whole(1, 4));
  for (const mistake of mistakes) {
    const visit = someVisit(day, random);
    const [event] = checkoutSession(visit, random);
    if (event === undefined) continue;
    const { visitor: peer } = visit;
    yield refusalOf('checkout', mistake(event), { peer, at: event.timestamp, random });
  }
};

/**
 * Two events as if from a door that allowed more than the table has room for: PostgreSQL refuses
 * their rows, and the writer says so. Nothing else in a demo breaks the contract.
 */
export const unstorable: DemoSource = function* (day) {
  if (day.index !== UNSTORABLE_ON) return;
  const random = day.random('unstorable');
  const { visitor, offer, ...visit } = someVisit(day, random);
  const phone = `${visitor.phone}, in the evening please, ask for the shop`;
  for (const event of checkoutSession({ ...visit, visitor }, random).slice(0, 2)) {
    yield* deliveredCheckout({ ...event, phone }, visitor, offer, random);
  }
};
