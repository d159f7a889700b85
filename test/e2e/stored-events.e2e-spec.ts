import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CheckoutEventPage, EventReceiptView } from '#libs/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import request from 'supertest';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';

const NOON = Date.parse('2026-05-04T12:00:00Z');
const HOUR = 3_600_000;

/** As a list would give one out, whatever is in it. */
const cursor = (content: unknown): string =>
  Buffer.from(JSON.stringify(content)).toString('base64url');

describe('the stored checkout events', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-a');
    await footfall.offer('offer-b');
    for (let hour = 0; hour < 6; hour += 1) {
      const event = aCheckoutEvent({
        eventId: `hour-${hour}`,
        sessionId: hour < 4 ? 'long' : 'short',
        offerId: hour % 2 === 0 ? 'offer-a' : 'offer-b',
        email: 'ana@example.com',
        phone: '+55 11 98888-7777',
        timestamp: NOON + hour * HOUR,
      });
      await footfall.post('/events/checkout', event).expect(204);
    }
    await footfall.written();
  });
  afterAll(() => footfall.stop());

  const list = async (query: string): Promise<CheckoutEventPage> => {
    const { body } = await footfall.asAdmin('get', `/events/checkout?${query}`).expect(200);
    return body as CheckoutEventPage;
  };
  const idsOf = ({ items }: CheckoutEventPage): string[] => items.map(({ eventId }) => eventId);
  const receiptOf = async (eventId: string): Promise<EventReceiptView> => {
    const { body } = await footfall
      .asAdmin('get', `/events/checkout/${encodeURIComponent(eventId)}/receipt`)
      .expect(200);
    return body as EventReceiptView;
  };

  it('are listed newest first', async () => {
    expect(idsOf(await list(''))).toEqual([5, 4, 3, 2, 1, 0].map((hour) => `hour-${hour}`));
  });

  it('are shown with the fields that are published, and no others', async () => {
    const [item] = (await list('limit=1')).items;

    const { body } = await request(footfall.url).get('/openapi.json').expect(200);
    const { components } = body as OpenAPIObject;
    const published = components?.schemas?.['CheckoutEventView'] as { properties: object };
    expect(Object.keys(item!).toSorted()).toEqual(Object.keys(published.properties).toSorted());
  });

  it('are found by session, by offer, and by both', async () => {
    expect(idsOf(await list('sessionId=short'))).toEqual(['hour-5', 'hour-4']);
    expect(idsOf(await list('offerId=offer-a'))).toEqual(['hour-4', 'hour-2', 'hour-0']);
    expect(idsOf(await list('offerId=offer-a&sessionId=short'))).toEqual(['hour-4']);
  });

  it('are found by time, the beginning included and the end not', async () => {
    const found = await list('from=2026-05-04T13:00:00Z&to=2026-05-04T15:00:00Z');

    expect(idsOf(found)).toEqual(['hour-2', 'hour-1']);
  });

  it('are read page by page, each exactly once', async () => {
    const seen: string[] = [];
    let next = '';
    do {
      const page = await list(`limit=4${next && `&cursor=${next}`}`);
      seen.push(...idsOf(page));
      next = page.nextCursor ?? '';
    } while (next !== '');

    expect(seen).toEqual([5, 4, 3, 2, 1, 0].map((hour) => `hour-${hour}`));
  });

  it('stay on their page when newer ones are stored meanwhile', async () => {
    const first = await list('limit=3&sessionId=long');
    await footfall
      .post('/events/checkout', aCheckoutEvent({ offerId: 'offer-a', timestamp: NOON + 9 * HOUR }))
      .expect(204);
    await footfall.written();

    const second = await list(`limit=3&sessionId=long&cursor=${first.nextCursor}`);

    expect([...idsOf(first), ...idsOf(second)]).toEqual(['hour-3', 'hour-2', 'hour-1', 'hour-0']);
  });

  it('show personal data only to a key that may read it', async () => {
    const { key } = await footfall.makeKey(['events:read']);

    const { body } = await request(footfall.url)
      .get('/events/checkout?sessionId=short&limit=1')
      .set('authorization', `Bearer ${key}`)
      .expect(200);
    const [seenByAdmin] = (await list('sessionId=short&limit=1')).items;

    expect(JSON.stringify(body)).not.toMatch(/ana@example|98888|127\.0\.0\.1/);
    expect(seenByAdmin).toMatchObject({ email: 'ana@example.com', ipAddress: '127.0.0.1' });
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=ten', 'limit'],
    ['from=yesterday', 'from'],
    ['from=0000-01-01', 'from'],
    ['cursor=nonsense', 'cursor'],
    [`cursor=${cursor(['2026-05-04T12:00:00.000000Z', 'a\0'])}`, 'cursor'],
    [`cursor=${cursor(['2026-02-31T12:00:00.000000Z', 'a'])}`, 'cursor'],
    [`cursor=${cursor([NOON, 'a'])}`, 'cursor'],
    ['sesionId=typo', 'sesionId'],
    ['sessionId=a&sessionId=b', 'sessionId'],
  ])('refuse the question %s and name the field', async (query, field) => {
    const { body } = await footfall.asAdmin('get', `/events/checkout?${query}`).expect(400);

    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', breaches: [{ field }] });
  });

  it('are none before the first of them, however early that is', async () => {
    expect((await list('to=0001-01-02')).items).toEqual([]);
  });

  it.each(['%00', 'x'.repeat(201)])('refuse a receipt for an id that no event has', async (id) => {
    const { body } = await footfall.asAdmin('get', `/events/checkout/${id}/receipt`).expect(400);

    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', breaches: [{ field: 'eventId' }] });
  });

  it('have a receipt that says when they were received and stored', async () => {
    const receipt = await receiptOf('hour-0');

    expect(receipt).toMatchObject({ eventId: 'hour-0', state: 'stored', items: [{}] });
    const [item] = receipt.items;
    expect(item?.eventTime).toBe('2026-05-04T12:00:00.000Z');
    expect(Date.parse(item?.storedAt ?? '')).toBeGreaterThanOrEqual(
      Date.parse(item?.receivedAt ?? ''),
    );
  });

  it('have a receipt with an entry for each time that their id came with', async () => {
    const again = aCheckoutEvent({ eventId: 'twice', offerId: 'offer-a', timestamp: NOON });
    await footfall.post('/events/checkout', again).expect(204);
    await footfall.post('/events/checkout', { ...again, timestamp: NOON + 1 }).expect(204);
    await footfall.post('/events/checkout', { ...again, step: 'payment' }).expect(204);
    await footfall.written();

    const { state, items } = await receiptOf('twice');

    expect(state).toBe('stored');
    expect(items.map((item) => item.state)).toEqual(['stored', 'stored', 'conflict']);
    expect(items[2]?.explanation).toMatch(/came first/);
  });

  it('have no receipt before they are known, which is said and not guessed', async () => {
    expect(await receiptOf('never/heard of')).toEqual({
      eventId: 'never/heard of',
      state: 'not_known_yet',
      items: [],
    });
  });

  it('have a receipt that tells what a waiting event waits for, until it is stored', async () => {
    const event = aCheckoutEvent({ eventId: 'waits', offerId: 'offer-later' });
    await footfall.unresolved(event);
    await footfall.written();
    const before = await receiptOf('waits');

    await footfall.offer('offer-later');
    await until('it is stored', async () => (await receiptOf('waits')).state === 'stored');

    expect(before).toMatchObject({ state: 'waiting', items: [{ reason: 'unknown_offer' }] });
    expect((await receiptOf('waits')).items).toHaveLength(1);
  });
});
