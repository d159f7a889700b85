import { randomUUID } from 'node:crypto';
import { Database } from '#libs/database';
import { EventLog } from '#libs/event-log';
import { Metrics } from '#libs/platform';
import { aCheckoutEvent } from './checkout-event.js';
import { type Family, familiesOf } from './exposition.js';
import { TestFootfall } from './footfall.js';
import { freePort } from './postgres.mjs';
import { until } from './until.js';

/**
 * A Footfall that has gone through what alerts and dashboards ask about, so that the labels of its
 * figures have been seen: events kept, refused, sent twice, in conflict, never storable; keys that
 * open and keys that do not; an event writer that waits and one that stands still, and a reader
 * that fails.
 */
export async function experiencedFootfall(): Promise<TestFootfall> {
  const footfall = await (await TestFootfall.start()).ready();
  await footfall.offer('offer-1');
  await sendAllKinds(footfall);
  await showKeys(footfall);
  await takeWhatNobodyKnows(footfall);
  await footfall.written();
  await sendTheWriterAway(footfall);
  await breakTheTable(footfall);
  await footfall.written();
  return footfall;
}

/** One that has never seen its database, NATS, Redis or identity provider: it can tell neither offers nor keys. */
export async function lonelyFootfall(): Promise<TestFootfall> {
  const url = `postgres://footfall@127.0.0.1:${await freePort()}/footfall`;
  const nats = `nats://127.0.0.1:${await freePort()}`;
  const redis = `redis://127.0.0.1:${await freePort()}`;
  const issuer = `http://127.0.0.1:${await freePort()}`;
  const settings = {
    DATABASE_URL: url,
    NATS_URL: nats,
    REDIS_URL: redis,
    OIDC_ISSUER: issuer,
    JWT_AUDIENCE: 'footfall',
  };
  const footfall = await TestFootfall.start(settings);
  await footfall.post('/events/checkout', aCheckoutEvent());
  await footfall.get('/offers').set('authorization', `Bearer ${SOME_KEY}`);
  return footfall;
}

/** What all of them show, with the labels that a metric declares where no series of it was seen. */
export async function scraped(...footfalls: readonly TestFootfall[]): Promise<Family[]> {
  const families = new Map<string, Family>();
  for (const footfall of footfalls) {
    const { text } = await footfall.get('/metrics');
    for (const family of familiesOf(text)) {
      const known = families.get(family.name)?.labels ?? declaredBy(footfall, family.name);
      const labels = new Map(known);
      for (const [label, values] of family.labels) {
        labels.set(label, new Set([...(known.get(label) ?? []), ...values]));
      }
      families.set(family.name, { ...family, labels });
    }
  }
  return [...families.values()];
}

const SOME_KEY = `ff_${'0'.repeat(32)}_${'x'.repeat(32)}`;

function declaredBy({ footfall }: TestFootfall, name: string): Family['labels'] {
  const metric = footfall.app.get(Metrics).registry.getSingleMetric(name);
  const { labelNames = [] } = metric as unknown as { readonly labelNames?: readonly string[] };
  return new Map(labelNames.map((label) => [label, new Set<string>()]));
}

async function sendAllKinds(footfall: TestFootfall): Promise<void> {
  const event = aCheckoutEvent({ eventId: randomUUID() });
  await footfall.post('/events/checkout', { ...event, unheardOf: 1 });
  await footfall.post('/events/checkout', event);
  await footfall.post('/events/checkout', { ...event, step: 'payment' });
  await footfall.post('/events/checkout', { ...event, offerId: 'nobody-s' });
  await footfall.post('/events/checkout', 'no json');
  // More refusals at once than are kept.
  await footfall.post(
    '/events/checkout/batch',
    Array.from({ length: 20 }, () => ({})),
  );
}

async function showKeys(footfall: TestFootfall): Promise<void> {
  await footfall.asAdmin('get', '/offers');
  await footfall.get('/offers').set('authorization', 'Bearer ff_unknown');
  await footfall.get('/nowhere');
}

function takeWhatNobodyKnows(footfall: TestFootfall): Promise<void> {
  const receipt = { requestId: 'r', receivedAt: Date.now(), ipAddress: null, userAgent: null };
  const record = {
    kind: 'event',
    contract: 'unheard-of',
    event: {},
    receipt,
    offer: null,
  } as const;
  return footfall.footfall.app.get(EventLog).append([record]);
}

const retriesOf = (footfall: TestFootfall, fault: string): Promise<number> =>
  footfall.figure('event_writer_retries_total', `{class="${fault}"}`);

/** As a database that is busy would. */
async function sendTheWriterAway(footfall: TestFootfall): Promise<void> {
  await footfall.footfall.app.get(Database).transaction(async (transaction) => {
    await transaction.query('LOCK TABLE checkout_events IN ACCESS EXCLUSIVE MODE');
    await footfall.post('/events/checkout', aCheckoutEvent({ eventId: randomUUID() }));
    await until('the writer tries again', async () => {
      await footfall.query(
        `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return (await retriesOf(footfall, 'not-now')) > 0;
    });
  });
}

async function breakTheTable(footfall: TestFootfall): Promise<void> {
  await footfall.query('ALTER TABLE checkout_events RENAME TO not_there');
  await footfall.post('/events/checkout', aCheckoutEvent({ eventId: randomUUID() }));
  await footfall.asAdmin('get', '/events/checkout');
  await until('the writer stands still', async () => (await retriesOf(footfall, 'ours')) > 0);
  await footfall.query('ALTER TABLE not_there RENAME TO checkout_events');
}
