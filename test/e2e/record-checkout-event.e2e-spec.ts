import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCheckoutEvent as anEvent } from '../support/checkout-event.js';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';

/** Ids of their own, since the tests of this file share one database. */
const aCheckoutEvent: typeof anEvent = (overrides) =>
  anEvent({ eventId: randomUUID(), sessionId: randomUUID(), ...overrides });

describe('POST /events/checkout', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-1');
  });
  afterAll(() => footfall.stop());

  const stored = (eventId: string) =>
    footfall.query('SELECT * FROM checkout_events WHERE event_id = $1', [eventId]);

  it.each(['/events/checkout', '/api/checkout/events/checkout'])(
    'answers 204 without a body at %s and stores the event with its resolved ids',
    async (path) => {
      const event = aCheckoutEvent({ email: ' Ana@Example.COM ', step: 'identification' });

      const { text } = await footfall.post(path, event).expect(204);
      await footfall.written();

      expect(text).toBe('');
      expect(await stored(event.eventId)).toEqual([
        expect.objectContaining({
          event_id: event.eventId,
          email: 'ana@example.com',
          step: 'identification',
          product_id: 'product-1',
          producer_id: 'producer-1',
          event_timestamp: new Date(event.timestamp),
          ip_address: '127.0.0.1',
          phone: null,
        }),
      ]);
    },
  );

  it('keeps the first of two events with the same id and time', async () => {
    const event = aCheckoutEvent();

    await footfall.post('/events/checkout', event).expect(204);
    await footfall.post('/events/checkout', { ...event, sessionId: 'another' }).expect(204);
    await footfall.written();

    expect(await stored(event.eventId)).toEqual([
      expect.objectContaining({ session_id: event.sessionId }),
    ]);
    expect(
      await footfall.query('SELECT state FROM rejected_events WHERE event_id = $1', [
        event.eventId,
      ]),
    ).toEqual([{ state: 'conflict' }]);
  });

  it('stores fifty copies that arrive at once a single time, and answers each like the first', async () => {
    const event = aCheckoutEvent();

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => footfall.post('/events/checkout', event)),
    );
    await footfall.written();

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    expect(await stored(event.eventId)).toHaveLength(1);
  });

  it('refuses an unknown offer, and says which field is at fault', async () => {
    const event = aCheckoutEvent({ offerId: 'no-such-offer' });

    const { body } = await footfall.post('/events/checkout', event).expect(400);

    expect(body).toEqual({ breaches: [{ field: 'offerId', reason: 'no such offer' }] });
  });

  it.each(['productId', 'producerId'])('refuses %s, whatever the value', async (field) => {
    for (const value of ['x', '', null, 0, {}]) {
      const event = { ...aCheckoutEvent(), [field]: value };

      const { body } = await footfall.post('/events/checkout', event).expect(400);

      expect(body.breaches).toEqual([expect.objectContaining({ field })]);
    }
  });

  it('gives each event of a batch a verdict of its own', async () => {
    const [good, bad, unknown] = [
      aCheckoutEvent(),
      { ...aCheckoutEvent(), eventName: 'nope' },
      aCheckoutEvent({ offerId: 'no-such-offer' }),
    ];

    const { body } = await footfall
      .post('/events/checkout/batch', [good, bad, unknown])
      .expect(200);
    await footfall.written();

    expect(body.results).toEqual([
      { eventId: good.eventId, verdict: 'accepted' },
      {
        eventId: bad.eventId,
        verdict: 'rejected',
        breaches: [expect.objectContaining({ field: 'eventName' })],
      },
      {
        eventId: unknown.eventId,
        verdict: 'rejected',
        breaches: [{ field: 'offerId', reason: 'no such offer' }],
      },
    ]);
    expect(await stored(good.eventId)).toHaveLength(1);
  });

  it('writes one RECEIVED line an event, with the fields that alerts read', async () => {
    const event = aCheckoutEvent({ email: 'ana@example.com' });

    await footfall.post('/events/checkout', event).expect(204);

    const lines = footfall
      .logged('CHECKOUT_EVENT_RECEIVED')
      .filter(({ eventId }) => eventId === event.eventId);
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        type: 'CHECKOUT_EVENT_RECEIVED',
        eventName: event.eventName,
        sessionId: event.sessionId,
        offerId: event.offerId,
        eventId: event.eventId,
        requestId: expect.any(String),
      },
    ]);
  });

  it('writes one INVALID line a refusal, with the payload masked', async () => {
    const event = { ...aCheckoutEvent({ email: 'ana@example.com', phone: '+55 11 98888-7777' }) };
    const { offerId: _, ...incomplete } = event;

    await footfall.post('/events/checkout', incomplete).expect(400);

    const line = footfall.logged('CHECKOUT_EVENT_INVALID').at(-1);
    expect(line).toMatchObject({ breaches: [{ field: 'offerId' }], reason: 'breach' });
    expect(line?.['payload']).toMatchObject({ eventId: event.eventId });
    expect(JSON.stringify(line)).not.toMatch(/ana@example\.com|98888/);
  });

  it('logs a body that is no JSON too, without a payload', async () => {
    await footfall.post('/events/checkout', '{"eventId":').expect(400);

    expect(footfall.logged('CHECKOUT_EVENT_INVALID').at(-1)).toMatchObject({
      payload: null,
      reason: 'not_json',
      size: 11,
    });
  });

  it('keeps a sample of the refusals in rejected_events, with their reason', async () => {
    const event = { ...aCheckoutEvent(), eventName: 'kept-as-refused' };
    const kept = () =>
      footfall.query<{ reason: string; state: string }>(
        "SELECT reason, state FROM rejected_events WHERE convert_from(raw, 'UTF8') LIKE $1",
        [`%${event.eventId}%`],
      );

    await until('one of them is in the sample', async () => {
      await footfall.post('/events/checkout', event).expect(400);
      await footfall.written();
      return (await kept()).length > 0;
    });

    expect((await kept())[0]).toEqual({ reason: 'breach', state: 'refused' });
  });

  it('ignores unknown fields, stores none of them and counts them', async () => {
    const before = await footfall.figure('unknown_fields_total', '{contract="checkout"}');
    const event = aCheckoutEvent();

    await footfall.post('/events/checkout', { ...event, colour: 'red', size: 1 }).expect(204);
    await footfall.written();

    expect(await stored(event.eventId)).toHaveLength(1);
    expect(await footfall.figure('unknown_fields_total', '{contract="checkout"}')).toBe(before + 2);
  });

  it('answers every origin, with credentials, as a beacon with a JSON blob needs it', async () => {
    const origin = 'https://shop.example';
    const { headers } = await footfall
      .post('/events/checkout', aCheckoutEvent())
      .set('origin', origin)
      .expect(204);

    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
    });
  });
});
