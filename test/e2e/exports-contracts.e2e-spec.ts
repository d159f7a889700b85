import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OwnerKind } from '#libs/contracts';
import { parse } from 'csv-parse/sync';
import { anAssetView, aLicenseCreation } from '../support/analytics-event.js';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { aCollected, anEnvelope } from '../support/commerce-event.js';
import { TestFootfall } from '../support/footfall.js';
import { aBuyEvent, aPageView } from '../support/tracking-event.js';

const CONTRACTS = ['checkout', 'tracking', 'analytics', 'commerce'] as const;
const SINCE = 'from=2023-01-01';

/** The examples are years old. */
const KEPT_FOR_EVER = {
  RETENTION_CHECKOUT: '0',
  RETENTION_TRACKING: '0',
  RETENTION_COMMERCE: '0',
};

let footfall: TestFootfall;

/** What everybody reads below is sent once, through the doors. */
beforeAll(async () => {
  footfall = await (await TestFootfall.start(KEPT_FOR_EVER)).ready();
  await footfall.offer('offer-1', 'product-1', 'producer-1');
  await footfall.offer('offer-2', 'product-2', 'producer-2');
  await footfall.asAdmin('put', '/catalog/assets/asset-1').send(asset('creator-1'));
  await footfall.asAdmin('put', '/catalog/assets/asset-2').send(asset('creator-2'));
  await footfall.asAdmin('put', '/catalog/licenses/license-1').send({ assetId: 'asset-1' });
  for (const [path, event] of SENT) {
    const { ok, text } = await footfall.asAdmin('post', path).send(event);
    if (!ok) throw new Error(`${path} refused an event: ${text}`);
  }
  // A visitor who names an owner makes nobody one.
  await footfall.post('/events/analytics', about('asset-3', { creatorId: 'creator-1' }));
  await footfall.written();
});
afterAll(() => footfall.stop());

const asset = (creatorId: string) => ({ title: 'Morning in Lisbon', creatorId });
const about = (entityId: string, props = {}) => anAssetView({ entityId, props });

const SENT: readonly (readonly [path: string, event: object])[] = [
  ['/events/checkout', aCheckoutEvent({ eventId: 'mine', offerId: 'offer-1' })],
  ['/events/checkout', aCheckoutEvent({ eventId: "others'", offerId: 'offer-2' })],
  ['/events/tracking', aPageView({ eventId: 'page', url: 'https://a.example/?email=a@b.example' })],
  ['/events/tracking', aBuyEvent({ eventId: 'buy' })],
  ['/events/analytics', about('asset-1', { position: -3, email: 'ana@example.com' })],
  ['/events/analytics', about('asset-2')],
  ['/events/analytics', aLicenseCreation({ entityId: 'license-1' })],
  ['/events/commerce', anEnvelope({ id: 'ord_1', organization_id: 'acme' })],
  ['/events/commerce', anEnvelope({ id: 'ord_2', organization_id: 'zenith' })],
  [
    '/events/commerce',
    anEnvelope({
      ...{ id: 'ord_3', type: 'order.refunded', organization_id: 'acme' },
      data: { order_id: 'ord_3', refunded_amount: -19.99, currency: 'usd', note: '=1+1' },
    }),
  ],
  ['/event', aCollected({ order_id: 'ord_4', organization_id: 'acme', revenue: -5, quantity: 2 })],
];

interface Bound {
  readonly kind: OwnerKind;
  readonly id: string;
}

const keyOf = async (owner?: Bound): Promise<string> =>
  `Bearer ${(await footfall.makeKey(['events:read'], owner)).key}`;

const take = (contract: string, authorization: string, query = '') =>
  footfall.get(`/exports/${contract}?${SINCE}${query}`).set({ authorization }).buffer(true);

/** The cells of one column, in order. */
const column = (csv: string, field: string): string[] =>
  rowsOf(csv)
    .map((row) => row[field]!)
    .toSorted();

const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { columns: true });

describe.each(CONTRACTS)('a file of %s events', (contract) => {
  it('has the fields of the list, in CSV and in NDJSON', async () => {
    const authorization = await keyOf();
    const { body } = await footfall.get(`/events/${contract}`).set({ authorization });
    const listed = (body as { items: object[] }).items;

    const lines = (await take(contract, authorization, '&format=ndjson')).text
      .trimEnd()
      .split('\n');
    const rows = rowsOf((await take(contract, authorization)).text);

    const texts = (objects: readonly object[]) =>
      objects.map((each) => JSON.stringify(each)).toSorted();
    expect(listed.length).toBeGreaterThan(1);
    expect(texts(lines.map((line) => JSON.parse(line) as object))).toEqual(texts(listed));
    expect(rows).toHaveLength(listed.length);
    expect(Object.keys(rows[0]!).toSorted()).toEqual(Object.keys(listed[0]!).toSorted());
  });
});

describe('cells of a file of events', () => {
  it('are JSON where a field is an object, redacted as in the list', async () => {
    const { text } = await take(
      'analytics',
      await keyOf(),
      '&assetId=asset-1&eventType=asset_viewed',
    );

    const [row] = rowsOf(text);
    expect(JSON.parse(row!['propsJson']!)).toEqual({ position: -3, email: '[masked]' });
    expect(JSON.parse(row!['attribution']!)).toMatchObject({ isBot: false });
  });

  it('are numbers where a field is an amount, negative ones too', async () => {
    const { text } = await take('commerce', await keyOf(), '&organizationId=acme');

    const amounts = rowsOf(text).map(({ orderId, amount, amountMinor }) =>
      [orderId, amount, amountMinor].join(' '),
    );
    expect(amounts.toSorted()).toEqual(['ord_1 59.97 5997', 'ord_3 -19.99 -1999', 'ord_4 -5 -500']);
  });
});

describe('a question for a file', () => {
  it.each([
    ['tracking', '&eventType=PAGEVIEW', 'eventId', ['page']],
    ['tracking', '&flow=PROJECT', 'eventId', ['buy']],
    ['commerce', '&eventType=order.refunded', 'orderId', ['ord_3']],
    ['commerce', '&orderId=ord_2', 'orderId', ['ord_2']],
    ['analytics', '&entityId=asset-2', 'entityId', ['asset-2']],
    ['analytics', '&assetId=asset-1', 'entityId', ['asset-1', 'license-1']],
    ['analytics', '&creatorId=creator-2', 'entityId', ['asset-2']],
  ])('of %s events with %s is answered by those alone', async (contract, query, field, values) => {
    const { text } = await take(contract, await keyOf(), query);

    expect(column(text, field)).toEqual(values);
  });
});

describe('a key that is bound to an owner', () => {
  it.each([
    [{ kind: 'producer', id: 'producer-1' }, 'checkout', 'eventId', ['mine']],
    [{ kind: 'organization', id: 'zenith' }, 'commerce', 'orderId', ['ord_2']],
    [{ kind: 'creator', id: 'creator-1' }, 'analytics', 'entityId', ['asset-1', 'license-1']],
  ] as const)('of %j gets of %s events what is its own', async (owner, contract, field, values) => {
    const { text } = await take(contract, await keyOf(owner));

    expect(column(text, field)).toEqual(values);
  });

  it.each([
    [{ kind: 'producer', id: 'producer-1' }, 'checkout', 'producerId=producer-2'],
    [{ kind: 'organization', id: 'zenith' }, 'commerce', 'organizationId=acme'],
    [{ kind: 'creator', id: 'creator-1' }, 'analytics', 'creatorId=creator-2'],
  ] as const)("of %j finds nothing of another's in %s events", async (owner, contract, another) => {
    const key = await keyOf(owner);

    const { status, body } = await take(contract, key, `&${another}`);

    expect([status, (body as { code: string }).code]).toEqual([404, 'NOT_FOUND']);
  });

  it.each([
    [{ kind: 'producer', id: 'producer-1' }, 'checkout'],
    [{ kind: 'organization', id: 'zenith' }, 'commerce'],
    [{ kind: 'creator', id: 'creator-1' }, 'analytics'],
  ] as const)('of %j is refused every file but that of %s events', async (owner, own) => {
    const key = await keyOf(owner);

    const statuses = await Promise.all(
      CONTRACTS.map(async (contract) => [contract, (await take(contract, key)).status]),
    );

    expect(statuses).toEqual(CONTRACTS.map((contract) => [contract, contract === own ? 200 : 403]));
  });
});
