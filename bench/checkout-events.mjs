import { idOf, nextNumber, receiptRow, sessionOf } from './ids.mjs';

/** The offers that events are for. They exist before the first event is sent. */
export const OFFERS = Array.from({ length: 20 }, (_, i) => ({
  offerId: `0b7c1c52-8d0e-4b6f-9c1d-0000000000${String(10 + i)}`,
  productId: `product-${1 + (i % 7)}`,
  producerId: `producer-${1 + (i % 3)}`,
}));

/** What differs in the events of one session; ids and times come from a counter. */
const SHAPES = [
  { eventName: 'checkout_page_view', eventDescription: 'Checkout page viewed' },
  { eventName: 'checkout_session_started', eventDescription: 'Checkout session started' },
  {
    eventName: 'checkout_identification_completed',
    eventDescription: 'Checkout identification completed',
    step: 'identification',
    email: 'someone.with.a.name@example.org',
    phone: '+55 11 99999-0000',
  },
  { eventName: 'checkout_step_advanced', step: 'payment' },
  {
    eventName: 'checkout_payment_success',
    eventDescription: 'Checkout payment success',
    step: 'payment',
    paymentMethod: 'credit_card',
  },
].map((shape) => ({
  ...shape,
  checkoutType: 'standard',
  checkoutMode: 'embedded',
  executionEnvironment: 'production',
  fullHostname: 'checkout.some-merchant.example.com',
  rootDomain: 'example.com',
}));

const SHAPE_TEXTS = SHAPES.map((shape) => JSON.stringify(shape).slice(1));

/** A session is about one offer. */
const offerOf = (n) => OFFERS[Math.trunc(n / SHAPES.length) % OFFERS.length];

/** The JSON text of a new event, put together by hand: the generator shares the cores. */
export function nextEventText() {
  const n = nextNumber();
  const { offerId } = offerOf(n);
  return `{"eventId":"${idOf(n)}","sessionId":"${sessionOf('chk', n, SHAPES.length)}","offerId":"${offerId}","timestamp":${Date.now()},${SHAPE_TEXTS[n % SHAPES.length]}`;
}

/** A new event as the row that Footfall would store for it. */
export function nextRow() {
  const n = nextNumber();
  const now = new Date().toISOString();
  return {
    event_id: idOf(n),
    session_id: sessionOf('chk', n, SHAPES.length),
    ...offerOf(n),
    ...SHAPES[n % SHAPES.length],
    event_timestamp: now,
    ...receiptRow(now),
  };
}
