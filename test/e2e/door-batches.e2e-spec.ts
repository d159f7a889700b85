import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type GiftApp, startGiftApp } from '../support/gift-app.js';
import { GIFT_LIMIT } from '../support/gift-contract.js';

let app: GiftApp;
let fresh = 0;

beforeAll(async () => {
  app = await startGiftApp();
});
beforeEach(() => app.shop.reset());
afterAll(() => app.stop());

const post = (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${app.port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
const give = (body: unknown, authorization = `Bearer fresh-${++fresh}`) =>
  post('/gifts/batch', typeof body === 'string' ? body : JSON.stringify(body), { authorization });
const wish = (body: string | Uint8Array) => post('/wishes/batch', body);
const resultsOf = async (answer: Response): Promise<unknown> =>
  ((await answer.json()) as { results: unknown }).results;

const aGift = (label: string, how = 'kept') => ({ label, wish: how });

describe('a batch', () => {
  it('is answered with one verdict an event, in order', async () => {
    const answer = await give([
      aGift('a', 'lost'),
      aGift('b'),
      { label: 'c' },
      aGift('d', 'skipped'),
    ]);

    expect(answer.status).toBe(200);
    expect(await resultsOf(answer)).toEqual([
      { eventId: 'a', verdict: 'failed' },
      { eventId: 'gift-b', verdict: 'accepted' },
      { eventId: 'c', verdict: 'rejected', breaches: [{ field: 'wish', reason: 'is no text' }] },
      { eventId: 'd', verdict: 'skipped' },
    ]);
  });

  it('fares well although handlers throw', async () => {
    const answer = await give([aGift('a', 'throws'), aGift('b', 'unwelcome'), aGift('c')]);

    expect(await resultsOf(answer)).toEqual([
      { eventId: 'a', verdict: 'failed' },
      { eventId: 'b', verdict: 'rejected', breaches: [{ field: 'wish', reason: 'is unwelcome' }] },
      { eventId: 'gift-c', verdict: 'accepted' },
    ]);
    expect(app.shop.refusals).toMatchObject([{ reason: 'breach', payload: { label: 'b' } }]);
  });

  it('may be empty', async () => {
    const answer = await give(' [ ] ');

    expect(answer.status).toBe(200);
    expect(await resultsOf(answer)).toEqual([]);
  });

  it.each([
    ['too deep', `{"deep":${'['.repeat(8)}${']'.repeat(8)}}`, 'too_deep'],
    ['a depth bomb', `${'['.repeat(900)}${']'.repeat(900)}`, 'too_deep'],
    ['too large for its contract', `{"text":"${'s'.repeat(GIFT_LIMIT)}"}`, 'too_large'],
    ['of too many fields', `{${[...Array(65).keys()].map((i) => `"f${i}":1`).join()}}`, 'breach'],
    ['no JSON', '{"text":snow}', 'not_json'],
    ['of mismatched brackets', '{"text":1]', 'not_json'],
    ['no object', '"snow"', 'breach'],
    ['an array', '[]', 'breach'],
    ['null', 'null', 'breach'],
    ['invalid UTF-8', Buffer.from('{"text":"\xff"}', 'latin1'), 'not_json'],
  ])('is not spoilt by a member that is %s', async (_what, member, reason) => {
    const sound = Buffer.from('{"text":"sno\u2603w"}');
    const body = Buffer.concat(['[', sound, ',', member, ' ,\n', sound, ']'].map(bytes));

    const answer = await wish(body);

    expect(await resultsOf(answer)).toMatchObject([
      { verdict: 'accepted' },
      { eventId: null, verdict: 'rejected', breaches: [{ field: expect.any(String) }] },
      { verdict: 'accepted' },
    ]);
    expect(app.shop.refusals).toMatchObject([{ reason, size: bytes(member).length }]);
    expect(app.shop.handed.map(({ event }) => event)).toEqual(
      Array(2).fill({ text: 'sno\u2603w' }),
    );
  });

  it('takes members as deep as a single event may be', async () => {
    const answer = await wish(`[{"text":"snow","deep":${'['.repeat(7)}${']'.repeat(7)}}]`);

    expect(await resultsOf(answer)).toMatchObject([{ verdict: 'accepted' }]);
  });

  it.each([
    ['an object', '{"text":"snow"}'],
    ['nothing', ''],
    ['an open array', '[{"text":"snow"}'],
    ['a trailing comma', '[{"text":"snow"},]'],
    ['a comma too many', '[{"text":"snow"},,{"text":"snow"}]'],
    ['only a comma', '[,]'],
    ['more than the array', '[{"text":"snow"}] []'],
    ['another bracket at the end', '[{"text":"snow"}}'],
  ])('is refused whole when it is %s', async (_what, body) => {
    const answer = await wish(body);

    expect(answer.status).toBe(400);
    expect(app.shop.refusals).toMatchObject([{ reason: 'not_json', payload: null }]);
    expect(app.shop.handed).toHaveLength(0);
  });

  it('may hold as many events as its caller may send at once', async () => {
    const three = [aGift('a'), aGift('b'), aGift('c')];

    expect((await give(three)).status).toBe(200);
    expect((await give(three, 'Bearer person')).status).toBe(413);
    expect((await give(three.slice(1), 'Bearer person')).status).toBe(200);
  });

  it('may hold 1 MiB, whatever a single event may', async () => {
    const padded = (length: number) => `[{"text":"snow"}${' '.repeat(length - 17)}]`;

    expect((await wish(padded(1_048_576))).status).toBe(200);
    expect((await wish(padded(1_048_577))).status).toBe(413);
  });

  it('is refused whole where its caller may not send', async () => {
    expect((await give([], 'Bearer reader')).status).toBe(403);
    expect((await give([], 'Bearer nonsense')).status).toBe(401);
  });
});

const bytes = (text: string | Buffer): Buffer => Buffer.from(text);
