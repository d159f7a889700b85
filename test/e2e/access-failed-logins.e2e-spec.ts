import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Database } from '#libs/database';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { TestFootfall } from '../support/footfall.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { RedisServer } from '../support/redis.js';

const WRONG = `ff_${'0'.repeat(32)}_${'x'.repeat(32)}`;
const ONE = '203.0.113.9';
const ANOTHER = '203.0.113.10';

/** Behind a proxy, so that a request can come from anywhere. */
const start = async (settings: NodeJS.ProcessEnv = {}): Promise<TestFootfall> =>
  (await TestFootfall.start({ TRUST_PROXY: '1', ...settings })).ready();

const tryAt = (footfall: TestFootfall, path: string, from = ONE, key = WRONG) =>
  footfall.get(path).set({ 'x-api-key': key, 'x-forwarded-for': from });

async function statusesOf(
  footfall: TestFootfall,
  count: number,
  from = ONE,
): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  for (let i = 0; i < count; i += 1) {
    const { status } = await tryAt(footfall, '/offers', from);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return statuses;
}

describe('failed logins', () => {
  let footfall: TestFootfall;
  afterEach(() => footfall?.stop());

  it('are 20 a minute from one address; then wrong credentials are told to wait', async () => {
    footfall = await start();

    const statuses = await statusesOf(footfall, 25);
    const { status, headers, type, body } = await tryAt(footfall, '/offers');

    expect(statuses).toEqual({ 401: 20, 429: 5 });
    expect([status, type]).toEqual([429, 'application/problem+json']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(body).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(await footfall.figure('logins_total', '{answer="limited"}')).toBe(6);
    expect(await footfall.figure('logins_total', '{answer="unknown"}')).toBe(20);
  });

  it('hinder neither right credentials, nor a request without any, nor other addresses', async () => {
    footfall = await start();
    const { key } = await footfall.makeKey(['admin']);
    await statusesOf(footfall, 25);

    const statuses = [
      (await tryAt(footfall, '/offers', ONE, key)).status,
      (await footfall.get('/offers').set('x-forwarded-for', ONE)).status,
      (await tryAt(footfall, '/offers', ANOTHER)).status,
    ];

    expect(statuses).toEqual([200, 401, 401]);
  });

  it('count together wherever a key is shown, and never disturb a checkout', async () => {
    footfall = await start();
    await footfall.offer('offer-1');
    const wrong = { 'x-api-key': WRONG, 'x-forwarded-for': ONE };
    await statusesOf(footfall, 20);

    const money = await footfall.post('/event', { event: 'order_completed' }).set(wrong);
    const analytics = await footfall
      .post('/events/analytics', { eventType: 'asset_viewed' })
      .set(wrong);
    const checkout = await footfall.post('/events/checkout', aCheckoutEvent()).set(wrong);

    expect([money.status, analytics.status, checkout.status]).toEqual([429, 429, 204]);
    expect(Number(money.headers['retry-after'])).toBeGreaterThan(0);
    expect(money.body).toEqual({
      breaches: [{ field: 'authorization', reason: 'is not valid, and comes too often' }],
    });
  });

  it('are counted for a whole network of IPv6, in which an address costs nothing', async () => {
    footfall = await start();

    for (let i = 0; i < 20; i += 1) await tryAt(footfall, '/offers', `2001:db8::${i}`);
    const { status } = await tryAt(footfall, '/offers', '2001:db8::ffff');
    const beside = await tryAt(footfall, '/offers', '2001:db8:0:1::1');

    expect([status, beside.status]).toEqual([429, 401]);
  });

  it('ask the database nothing', async () => {
    footfall = await start();
    const query = jest.spyOn(footfall.footfall.app.get(Database), 'query');

    await statusesOf(footfall, 60);

    // Those that are live are read each second, by a statement of its own, whoever comes.
    const asked = query.mock.calls
      .map(([statement]) => statement)
      .filter((statement) => typeof statement === 'string' && statement.includes('api_keys'));
    expect(asked).toEqual([]);
  });

  it('are not limited where the operator wants none', async () => {
    footfall = await start({ FAILED_LOGINS_PER_MINUTE: '0' });

    expect(await statusesOf(footfall, 40)).toEqual({ 401: 40 });
  });
});

describeWith(hasProgram('redis-server'), 'no redis-server')('failed logins with Redis', () => {
  let redis: RedisServer;
  let footfalls: TestFootfall[] = [];
  afterEach(async () => {
    await Promise.all(footfalls.map((each) => each.stop()));
    await redis?.dispose();
  });

  it('are counted for all processes together', async () => {
    redis = await RedisServer.start();
    footfalls = [await start({ REDIS_URL: redis.url }), await start({ REDIS_URL: redis.url })];
    const [first, second] = footfalls as [TestFootfall, TestFootfall];

    const statuses = [await statusesOf(first, 12), await statusesOf(second, 12)];

    expect(statuses).toEqual([{ 401: 12 }, { 401: 8, 429: 4 }]);
  });
});
