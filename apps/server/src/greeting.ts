import type { AdminKeyFound } from '#libs/access';
import type { DemoSights } from './demo/demo-start.js';

/** What a person who just started Footfall needs to see. */
export interface Greeting {
  readonly url: string;
  readonly docs: boolean;
  readonly database: string;
  readonly adminKeyFile: string;
  readonly adminKey: AdminKeyFound;
  /** What to look at where a demo was asked for. */
  readonly demo?: DemoSights | null;
}

/** The example event's time: now, so that it is found under today. */
const exampleEvent = (now: number): string =>
  JSON.stringify({
    eventId: `hello-${now}`,
    eventName: 'checkout_page_view',
    sessionId: 'session-1',
    offerId: 'offer-1',
    executionEnvironment: 'production',
    fullHostname: 'shop.example.com',
    rootDomain: 'example.com',
    timestamp: now,
  });

/** Commands that work as they stand: an offer, an event for it, and the event read back. */
const firstSteps = (url: string, adminKeyFile: string, now: number): string[] => [
  'An offer, an event for it, and the event read back (a sender sees 204):',
  `  KEY=$(cat ${adminKeyFile})`,
  `  curl -X PUT ${url}/offers/offer-1 -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \\`,
  `    -d '{"productId":"product-1","producerId":"producer-1"}'`,
  ...ownEvent(url, now),
];

/** Commands that work as they stand, for whoever wants to see something at once. */
const demoSteps = (
  url: string,
  adminKeyFile: string,
  now: number,
  { seed, from, to, sessionId }: DemoSights,
): string[] => [
  `The demo: 30 days of made-up events from ${from} on, seed ${seed}. Dashboards, one session, the`,
  'newest events of the other contracts, what was refused, conflicts or waits, and the catalogue:',
  `  KEY=$(cat ${adminKeyFile})`,
  ...[
    `/dashboards/checkout/funnel?from=${from}&to=${to}`,
    `/dashboards/checkout/payment-methods?from=${from}&to=${to}`,
    `/dashboards/commerce/revenue?from=${from}&to=${to}`,
    '/dashboards/platform?period=30d',
    `/events/checkout?sessionId=${sessionId}`,
    '/events/tracking?limit=3',
    '/events/analytics?limit=3',
    '/events/commerce?limit=3',
    '/rejected-events',
    '/offers?prefix=watercolour',
    '/catalog/assets',
  ].map((path) => `  curl "${url}${path}" -H "Authorization: Bearer $KEY"`),
  '',
  'Events are taken as always: one of your own, and read back (a sender sees 204):',
  ...ownEvent(url, now),
];

const ownEvent = (url: string, now: number): string[] => [
  `  curl -i ${url}/events/checkout -H 'Content-Type: application/json' \\`,
  `    -d '${exampleEvent(now)}'`,
  // What was sent a moment ago is on its way for about a tenth of a second.
  `  sleep 1; curl "${url}/events/checkout?sessionId=session-1" -H "Authorization: Bearer $KEY"`,
];

const keyLines = ({ key, created }: AdminKeyFound, file: string): string[] => {
  if (key === null) {
    return [
      "  Administrator's key         made elsewhere: npm run footfall -- keys create --admin",
    ];
  }
  if (!created) return [`  Administrator's key         in ${file}`];
  return [`  Administrator's key         ${key}`, `    shown only now, kept in ${file}`];
};

export function greet(greeting: Greeting, now = Date.now()): string {
  const { url, docs, database, adminKeyFile, adminKey, demo } = greeting;
  const lines = [
    '',
    `Footfall listens on ${url}`,
    ...(docs ? [`  Contract, to read and try   ${url}/docs`] : []),
    `  Health and figures          ${url}/readyz  ${url}/metrics`,
    `  Database                    ${database}`,
    ...keyLines(adminKey, adminKeyFile),
    '',
    ...(demo ? demoSteps(url, adminKeyFile, now, demo) : firstSteps(url, adminKeyFile, now)),
    '',
  ];
  return lines.join('\n');
}
