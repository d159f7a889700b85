import { nextNumber, receiptRow, sessionOf } from './ids.mjs';

const EM = 'b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72';

/** In which order the events of one order come, and what their parts are called. */
const SHAPES = [
  ['order.created', 'begin_checkout', 'InitiateCheckout'],
  ['order.completed', 'purchase', 'Purchase'],
];

const shapeOf = (n) => SHAPES[n % SHAPES.length];
const orderOf = (n) => sessionOf('ord', n, SHAPES.length);
const organizationOf = (n) => `org-${Math.trunc(n / SHAPES.length) % 20}`;
const userOf = (n) => `usr_${Math.trunc(n / SHAPES.length) % 5000}`;
const checkoutOf = (n) => sessionOf('chk', n, SHAPES.length);
/** As the publisher spells times: with nanoseconds, none of them twice. */
const nanosOf = (now, n) => now.replace('Z', `${String(n % 1_000_000).padStart(6, '0')}Z`);

const dataOf = (order) => ({
  order_id: order,
  revenue: 59.97,
  currency: 'USD',
  email: 'ada@example.com',
});

function partsOf(order, user, [gaName, metaName]) {
  const item = {
    item_id: 'prod_1',
    item_name: 'Green tea',
    price: 19.99,
    quantity: 3,
    currency: 'USD',
  };
  return {
    ga4: {
      event_name: gaName,
      currency: 'USD',
      value: 59.97,
      items: [item],
      parameters: { transaction_id: order },
    },
    facebook_capi: {
      event_name: metaName,
      event_time: 1_700_000_000,
      action_source: 'website',
      user_data: { em: EM, external_id: user },
      custom_data: { currency: 'USD', value: 59.97, order_id: order },
    },
  };
}

/** What differs from event to event: every text below is cut where one of these stands. */
const BLANKS = /(<(?:order|time|organization|user|checkout)>)/;

/** The texts of envelopes with blanks in them: the generator shares the cores. */
const ENVELOPE_TEXTS = SHAPES.map(([type, gaName, metaName]) =>
  JSON.stringify({
    id: '<order>',
    type,
    timestamp: '<time>',
    organization_id: '<organization>',
    user_id: '<user>',
    session_id: '<checkout>',
    data: dataOf('<order>'),
    ...partsOf('<order>', '<user>', [gaName, metaName]),
  }).split(BLANKS),
);

/** The JSON text of a new envelope, parts for advertisers and all. */
export function nextEnvelopeText() {
  const n = nextNumber();
  const told = {
    '<order>': orderOf(n),
    '<time>': nanosOf(new Date().toISOString(), n),
    '<organization>': organizationOf(n),
    '<user>': userOf(n),
    '<checkout>': checkoutOf(n),
  };
  let text = '';
  for (const part of ENVELOPE_TEXTS[n % SHAPES.length]) text += told[part] ?? part;
  return text;
}

/** The JSON text of a new event as the HTTP client sends it: no id, no time, items as text. */
export function nextCollectedText() {
  const n = nextNumber();
  return JSON.stringify({
    event: 'order_completed',
    distinct_id: userOf(n),
    organization_id: organizationOf(n),
    order_id: `ord-http-${n}`,
    revenue: 59.97,
    quantity: 3,
    properties: {
      currency: 'USD',
      email: 'ada@example.com',
      item_count: 1,
      items:
        '[{"price":19.99,"product_id":"prod_1","product_name":"Green tea","quantity":3,"sku":"TEA-1"}]',
      status: 'completed',
    },
  });
}

/** A new envelope as the row that Footfall would store for it. */
export function nextCommerceRow() {
  const n = nextNumber();
  const shape = shapeOf(n);
  const now = new Date().toISOString();
  const order = orderOf(n);
  const organization = organizationOf(n);
  const { ga4, facebook_capi } = partsOf(order, userOf(n), shape.slice(1));
  const time = nanosOf(now, n);
  return {
    idempotency_key: JSON.stringify(['envelope', organization, shape[0], order, time]),
    event_time: time,
    wire: 'envelope',
    transport: 'http',
    event_name: shape[0],
    event_type: shape[0],
    event_id: order,
    organization_id: organization,
    user_id: userOf(n),
    session_id: checkoutOf(n),
    order_id: order,
    amount: '59.97',
    amount_minor: 5997,
    currency: 'USD',
    timestamp_text: time,
    data: JSON.stringify(dataOf(order)),
    ga4: JSON.stringify(ga4),
    facebook_capi: JSON.stringify(facebook_capi),
    malformed_parts: '[]',
    ...receiptRow(now),
  };
}
