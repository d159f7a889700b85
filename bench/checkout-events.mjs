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

let sequence = 0;

/** Never the same twice, and spread over the key like the random ids of real front ends. */
const idOf = (n) => {
  const spread = (Math.imul(n, 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
  return `${spread}-8d0e-4b6f-9c1d-${String(n).padStart(12, '0')}`;
};

const sessionOf = (n) => `chk_${Math.trunc(n / SHAPES.length).toString(36)}`;

/** The JSON text of a new event, put together by hand: the generator shares the cores. */
export function nextEventText() {
  const n = ++sequence;
  const { offerId } = OFFERS[n % OFFERS.length];
  return `{"eventId":"${idOf(n)}","sessionId":"${sessionOf(n)}","offerId":"${offerId}","timestamp":${Date.now()},${SHAPE_TEXTS[n % SHAPES.length]}`;
}

/** The JSON text of a batch of new events. */
export const nextBatchText = (size) => `[${Array.from({ length: size }, nextEventText).join(',')}]`;

/** A new event as the row that Footfall would store for it. */
export function nextRow() {
  const n = ++sequence;
  const now = new Date().toISOString();
  return {
    event_id: idOf(n),
    session_id: sessionOf(n),
    ...OFFERS[n % OFFERS.length],
    ...SHAPES[n % SHAPES.length],
    event_timestamp: now,
    received_at: now,
    ip_address: '127.0.0.1',
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64) bench',
  };
}
