import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type GiftApp, startGiftApp } from '../support/gift-app.js';
import { GIFTS_A_MINUTE } from '../support/gift-contract.js';
import { RawConnection, rawPost } from '../support/raw-connection.js';

let app: GiftApp;
let fresh = 0;

beforeAll(async () => {
  app = await startGiftApp();
});
beforeEach(() => app.shop.reset());
afterAll(() => app.stop());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${app.port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const aGift = (overrides: object = {}) => ({ label: 'book', wish: 'kept', ...overrides });
/** A key of its own, so that no other test has drawn on its allowance. */
const asGiver = () => ({ authorization: `Bearer fresh-${++fresh}` });

describe('answering what became of an event', () => {
  it('answers as the contract declares, with a body of its own', async () => {
    const answer = await post('/gifts', aGift(), asGiver());

    expect(answer.status).toBe(202);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.json()).toEqual({ given: true, giftId: 'gift-book' });
  });

  it('answers an empty body with its length', async () => {
    const answer = await post('/wishes', { text: 'snow' });

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe('0');
    expect(await answer.text()).toBe('');
  });

  it('answers 204 without any length', async () => {
    const answer = await post('/whispers', { text: 'snow' });

    expect(answer.status).toBe(204);
    expect(answer.headers.has('content-length')).toBe(false);
  });

  it.each(['/gifts', '//gifts', '/v1/gifts', '/gifts?from=here'])('answers at %s', async (path) => {
    expect((await post(path, aGift(), asGiver())).status).toBe(202);
  });

  it.each(['/gifts/', '/GIFTS', '//v1/gifts', '/v1//gifts', '/%67ifts', '/./gifts/.'])(
    'is not to be found at %s',
    async (path) => {
      expect(await statusAt(path)).toBe(404);
      expect(app.shop.handed).toHaveLength(0);
    },
  );

  it('leaves other methods on its paths to the application', async () => {
    const answer = await fetch(`http://127.0.0.1:${app.port}/gifts`);

    expect(await answer.json()).toEqual({ items: [] });
  });

  it('hands over what arrived with its receipt and its caller', async () => {
    await post('/wishes', { text: 'snow' }, { 'user-agent': 'sleigh/1', dnt: '1' });

    expect(app.shop.handed).toEqual([
      {
        event: { text: 'snow' },
        receipt: {
          requestId: expect.stringMatching(/^[0-9a-f]{12}-/),
          receivedAt: expect.any(Number),
          ipAddress: '127.0.0.1',
          userAgent: 'sleigh/1',
          privacySignal: 'dnt',
        },
        caller: { kind: 'anonymous', id: null, scopes: [] },
      },
    ]);
  });

  it('answers an event that a privacy signal forbids to keep', async () => {
    const answer = await post('/gifts', aGift(), { ...asGiver(), 'sec-gpc': '1' });

    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ given: false, why: 'gpc' });
  });

  it('takes no other value for a privacy signal', async () => {
    await post('/wishes', { text: 'snow' }, { dnt: 'yes' });

    expect(app.shop.handed[0]?.receipt).not.toHaveProperty('privacySignal');
  });

  it.each(['lost', 'throws'])(
    'answers as declared when the handler is at fault: %s',
    async (wish) => {
      const answer = await post('/gifts', aGift({ wish }), asGiver());

      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('7');
      expect(await answer.text()).toBe('');
    },
  );

  it('answers a breach that only the handler can know like any other', async () => {
    const answer = await post('/gifts', aGift({ wish: 'unwelcome' }), asGiver());

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ breaches: [{ field: 'wish', reason: 'is unwelcome' }] });
    expect(app.shop.refusals).toMatchObject([{ reason: 'breach', payload: { label: 'book' } }]);
  });
});

describe('judging who calls', () => {
  it.each([
    ['nobody', {}, 401],
    ['a key that is not valid', { authorization: 'Bearer nonsense' }, 401],
    ['a key without the scope', { authorization: 'Bearer reader' }, 403],
    ['a key that cannot be looked up now', { authorization: 'Bearer away' }, 503],
    ['a key with the scope', { authorization: 'Bearer giver' }, 202],
  ])('answers %s', async (_who, headers, status) => {
    const answer = await post('/gifts', aGift(), headers);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
    expect(answer.headers.has('retry-after')).toBe(status === 503);
  });

  it('lets anybody in where credentials are optional, but nobody with bad ones', async () => {
    expect((await post('/wishes', { text: 'snow' })).status).toBe(200);
    expect(
      (await post('/wishes', { text: 'snow' }, { authorization: 'Bearer nonsense' })).status,
    ).toBe(401);
  });

  it('asks nobody where the declaration wants no caller', async () => {
    const before = app.authenticator.asked;

    expect(
      (await post('/whispers', { text: 'snow' }, { authorization: 'Bearer away' })).status,
    ).toBe(204);
    expect(app.authenticator.asked).toBe(before);
  });

  it('judges credentials before the body', async () => {
    const answer = await post('/gifts', 'nonsense', { 'content-type': 'text/plain' });

    expect(answer.status).toBe(401);
    expect(app.shop.refusals).toMatchObject([{ reason: 'unauthorized', payload: null, size: 0 }]);
  });
});

describe('judging the body', () => {
  const refusedAs = (body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${app.port}/whispers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  it.each([
    ['an empty body', '', 'not_json'],
    ['broken JSON', '{"text":', 'not_json'],
    ['trailing bytes', '{"text":"snow"}}', 'not_json'],
    ['a byte-order mark', '\ufeff{"text":"snow"}', 'not_json'],
    ['invalid UTF-8', Buffer.from('{"text":"\xff"}', 'latin1'), 'not_json'],
    ['UTF-16', Buffer.from('{"text":"snow"}', 'utf16le'), 'not_json'],
    ['an array', '[]', 'breach'],
    ['null', 'null', 'breach'],
    ['a number', '1', 'breach'],
    ['nine levels', `${'{"a":'.repeat(9)}1${'}'.repeat(9)}`, 'too_deep'],
    ['a depth bomb', '['.repeat(1_999), 'too_deep'],
    ['65 fields', fields(65), 'breach'],
    ['a missing field', '{}', 'breach'],
  ])('refuses %s', async (_what, body, reason) => {
    const answer = await refusedAs(body);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      breaches: [{ field: expect.any(String), reason: expect.any(String) }],
    });
    expect(app.shop.refusals).toMatchObject([{ reason }]);
  });

  it.each([
    ['eight levels', `{"text":"snow","deep":${'[['.repeat(3)}[]${']]'.repeat(3)}}`],
    ['64 fields', fields(64)],
    ['brackets in text', JSON.stringify({ text: `${'[{'.repeat(50)}\\"` })],
    ['a field named __proto__', '{"__proto__":{"text":1},"text":"snow"}'],
    ['a field that comes twice', '{"text":1,"text":"snow"}'],
    ['white space around it', ' \n{"text":"snow"}\t\r\n'],
  ])('takes %s', async (_what, body) => {
    expect((await refusedAs(body)).status).toBe(204);
    expect(app.shop.handed).toHaveLength(1);
  });

  it.each([
    'application/json;charset=utf-8',
    'Application/JSON; Charset=UTF-8',
    'application/json ; charset="utf-8"',
  ])('takes the media type %s', async (type) => {
    expect((await refusedAs('{"text":"snow"}', { 'content-type': type })).status).toBe(204);
  });

  it.each([
    'text/plain',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/json; version=2',
    'application/problem+json',
    'application/json, application/json',
    'application/x-www-form-urlencoded',
  ])('refuses the media type %s', async (type) => {
    const answer = await refusedAs('{"text":"snow"}', { 'content-type': type });

    expect(answer.status).toBe(415);
    expect(app.shop.refusals).toMatchObject([{ reason: 'media_type', payload: null }]);
  });

  it('tells the contract what was sent, not what a check made of it', async () => {
    await refusedAs('{"text":1,"unknown":"kept"}');

    expect(app.shop.refusals).toMatchObject([{ payload: { text: 1, unknown: 'kept' }, size: 27 }]);
  });

  it('keeps a contract that cannot hear refusals from spoiling the answer', async () => {
    app.shop.refusedThrows = true;

    expect((await refusedAs('{}')).status).toBe(400);
  });
});

describe('limiting how often somebody may send', () => {
  it('asks a sender over the limit to wait, and nobody else', async () => {
    const giver = asGiver();
    for (let i = 0; i < GIFTS_A_MINUTE; i++) await post('/gifts', aGift(), giver);

    const answer = await post('/gifts', aGift(), giver);

    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(app.shop.handed).toHaveLength(GIFTS_A_MINUTE);
    expect(app.shop.refusals).toMatchObject([
      { reason: 'rate_limited', payload: { label: 'book' } },
    ]);
    expect((await post('/gifts', aGift(), asGiver())).status).toBe(202);
  });

  it('counts each event of a batch, and takes nothing of a batch over the limit', async () => {
    const giver = asGiver();
    const four = [1, 2, 3, 4].map(() => aGift());
    expect((await post('/gifts/batch', four, giver)).status).toBe(200);

    expect((await post('/gifts/batch', four, giver)).status).toBe(429);
    expect((await post('/gifts/batch', four.slice(2), giver)).status).toBe(200);
    expect((await post('/gifts', aGift(), giver)).status).toBe(429);
  });
});

function fields(count: number): string {
  const others = Array.from({ length: count - 1 }, (_, i) => [`f${i}`, i] as const);
  return JSON.stringify({ text: 'snow', ...Object.fromEntries(others) });
}

/** As fetch would not send it: it tidies paths. */
async function statusAt(path: string): Promise<number | undefined> {
  const line = await RawConnection.open(app.port);
  const answer = await line.send(rawPost(path, '{}', asGiver())).answer();
  line.close();
  return answer?.status;
}
