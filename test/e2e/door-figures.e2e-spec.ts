import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { type GiftApp, startGiftApp } from '../support/gift-app.js';
import { GIFTS_A_MINUTE } from '../support/gift-contract.js';
import { RawConnection, rawPost } from '../support/raw-connection.js';

let app: GiftApp;

beforeAll(async () => {
  app = await startGiftApp({
    limits: { requestTimeoutMs: 300, headersTimeoutMs: 200, connectionsCheckingIntervalMs: 50 },
  });
});
afterAll(() => app.stop());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${app.port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer giver', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const aGift = (wish = 'kept', more: object = {}) => ({ label: 'a', wish, ...more });
const gifts = (name: string, labels = {}) => app.figure(name, { contract: 'gift', ...labels });

describe('the figures of a door', () => {
  it('account for every event, whatever became of it', async () => {
    await post('/gifts', aGift());
    await post('/gifts', aGift('lost'));
    await post('/gifts', aGift('throws'), { authorization: 'Bearer fresh-1' });
    await post('/gifts', aGift('unwelcome'));
    await post('/gifts', aGift(), { dnt: '1' });
    await post('/gifts', {});
    await post('/gifts', 'nonsense');
    await post('/gifts', aGift(), { 'content-type': 'text/plain' });
    await post('/gifts', aGift(), { 'content-encoding': 'br' });
    await post('/gifts', ' '.repeat(9_000)).catch(() => undefined);
    await post('/gifts', aGift(), { authorization: 'Bearer nonsense' });
    await post('/gifts', aGift(), { authorization: 'Bearer reader' });
    await post('/gifts', aGift(), { authorization: 'Bearer away' });
    for (let i = 0; i < GIFTS_A_MINUTE; i++) await post('/gifts', aGift());
    await post('/gifts/batch', [aGift(), {}, aGift('lost')], { authorization: 'Bearer fresh-2' });
    await post('/gifts/batch', [aGift(), {}, aGift('throws')]);
    await post('/gifts/batch', 'nonsense');
    const line = await RawConnection.open(app.port);
    line.send(rawPost('/gifts', '{', { Authorization: 'Bearer giver', 'Content-Length': '50' }));
    await line.closed;
    await eventually(async () =>
      expect(await gifts('events_invalid_total', { reason: 'aborted' })).toBe(1),
    );

    const received = await gifts('events_received_total');
    const invalid = await gifts('events_invalid_total');
    const suppressed = await gifts('events_suppressed_total');
    const appended = await gifts('events_appended_total');
    const lost = await gifts('events_lost_total');

    expect(received).toBe(27);
    expect({ invalid, suppressed, appended, lost }).toEqual({
      invalid: 12,
      suppressed: 8,
      appended: 4,
      lost: 3,
    });
    expect(received).toBe(invalid + suppressed + appended + lost);
  });

  it('count fields that the contract does not know', async () => {
    const before = await gifts('unknown_fields_total');

    await post('/gifts', aGift('kept', { ribbon: 'red', bow: true }), {
      authorization: 'Bearer fresh-3',
    });

    expect(await gifts('unknown_fields_total')).toBe(before + 2);
  });

  it('never label a refused event with what it calls itself', async () => {
    await post('/gifts', { wish: 'a name that nobody knows' }, { authorization: 'Bearer fresh-4' });

    expect(await gifts('events_received_total', { event: 'gift_a name that nobody knows' })).toBe(
      0,
    );
  });

  it('stand at zero before the first event is lost', async () => {
    expect(await app.figure('events_lost_total', { contract: 'whisper' })).toBe(0);
  });
});
