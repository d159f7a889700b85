import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type JWTPayload, SignJWT } from 'jose';
import { TestFootfall } from '../support/footfall.js';
import { freePort } from '../support/postgres.mjs';

const JWT_SECRET = 'a secret of the tests, long enough to be one';
const DOORS = ['/event', '/events', '/v1/analytics/event', '/v1/analytics/events'];
const ORDER = { event: 'order_completed', distinct_id: 'user-1', organization_id: 'acme' };

const aToken = (claims: JWTPayload, until = '1h'): Promise<string> =>
  new SignJWT({ sub: 'user-1', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(until)
    .sign(Buffer.from(JWT_SECRET));

const send = async (
  footfall: TestFootfall,
  headers: Record<string, string> = {},
  door = '/event',
): Promise<number> => (await footfall.post(door, ORDER).set(headers)).status;

describe('who may send money to a Footfall on loopback', () => {
  let footfall: TestFootfall;
  let key: string;
  let reader: string;
  beforeAll(async () => {
    footfall = await (await TestFootfall.start({ JWT_SECRET })).ready();
    key = (await footfall.makeKey(['ingest:commerce'])).key;
    reader = (await footfall.makeKey(['events:read', 'ingest:analytics'])).key;
  });
  afterAll(() => footfall.stop());

  const basic = (password: string): string =>
    `Basic ${Buffer.from(`collector:${password}`).toString('base64')}`;

  it.each(DOORS)('is a program on the same machine, without a key, at %s', async (door) => {
    expect(await send(footfall, {}, door)).toBe(200);
  });

  it.each(DOORS)('is nobody whom a proxy on the same machine speaks for, at %s', async (door) => {
    const forwarded = { 'x-forwarded-for': '203.0.113.9', via: '1.1 proxy' };

    expect(await send(footfall, forwarded, door)).toBe(401);
  });

  it('is whoever shows a key for it, through a proxy too', async () => {
    const through = { 'x-forwarded-for': '203.0.113.9' };

    const statuses = [
      await send(footfall, { ...through, authorization: `Bearer ${key}` }),
      await send(footfall, { ...through, authorization: basic(key) }),
      await send(footfall, { ...through, 'x-api-key': key }),
    ];

    expect(statuses).toEqual([200, 200, 200]);
  });

  it.each([{ scope: 'ingest:commerce' }, { role: 'admin' }])(
    'is no user, whatever the token says: %j',
    async (claims) => {
      const authorization = `Bearer ${await aToken(claims)}`;

      expect(await send(footfall, { authorization })).toBe(403);
    },
  );

  it('is nobody with wrong credentials, on the same machine either', async () => {
    const statuses = [
      await send(footfall, { authorization: `Bearer ${key}x` }),
      await send(footfall, { authorization: basic('guess') }),
      await send(footfall, { 'x-api-key': '' }),
      await send(footfall, {
        authorization: `Bearer ${await aToken({ scope: 'ingest:commerce' }, '-1h')}`,
      }),
      await send(footfall, { authorization: `Bearer ${reader}` }),
      await send(footfall, { authorization: `Bearer ${await aToken({ scope: 'events:read' })}` }),
    ];

    expect(statuses).toEqual([401, 401, 401, 401, 403, 403]);
  });

  it('leaves no credentials in the log, nor in what is stored', async () => {
    await send(footfall, { authorization: `Bearer ${key}` });
    await footfall.written();

    const [{ rows } = { rows: '' }] = await footfall.query<{ rows: string }>(
      'SELECT coalesce(json_agg(each)::text, $1) AS rows FROM commerce_events AS each',
      [''],
    );

    expect(rows).toContain('order_completed');
    expect(rows).not.toContain(key.slice(-32));
    expect(footfall.lines.join('')).not.toContain(key.slice(-32));
  });
});

describe('who may send money', () => {
  let footfall: TestFootfall;
  afterEach(() => footfall.stop());

  it('is nobody without a key where a proxy is configured', async () => {
    footfall = await (await TestFootfall.start({ TRUST_PROXY: '1' })).ready();

    expect(await send(footfall)).toBe(401);
  });

  it('is everybody in a network that the operator names', async () => {
    const COMMERCE_TRUSTED_NETWORKS = '127.0.0.0/8,::1';
    footfall = await TestFootfall.start({ TRUST_PROXY: '1', COMMERCE_TRUSTED_NETWORKS });
    await footfall.ready();

    expect(await send(footfall)).toBe(200);
  });

  it('cannot be said while keys cannot be read: a key may come again, and none is needed', async () => {
    const DATABASE_URL = `postgres://nobody@127.0.0.1:${await freePort()}/nothing`;
    footfall = await TestFootfall.start({ DATABASE_URL });
    const key = `ff_${'0'.repeat(32)}_${'a'.repeat(32)}`;

    const { status, headers } = await footfall
      .post('/event', ORDER)
      .set('authorization', `Bearer ${key}`);

    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('5');
    expect(await send(footfall)).toBe(200);
  });
});
