import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TRACKING_EVENT_TYPES, type TrackingEventPage } from '#libs/contracts';
import { TestFootfall } from '../support/footfall.js';
import { aBuyEvent, aCreateEvent, aPageView } from '../support/tracking-event.js';

describe('POST /events/tracking', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
  });
  afterAll(() => footfall.stop());

  const send = (event: object) => footfall.post('/events/tracking', event);
  const rowsOf = async (eventId: string) => {
    await footfall.written();
    return footfall.query('SELECT * FROM tracking_events WHERE event_id = $1', [eventId]);
  };
  const breachesOf = async (event: object): Promise<unknown> =>
    ((await send(event).expect(400)).body as { breaches: unknown }).breaches;

  it.each(TRACKING_EVENT_TYPES)(
    'takes %s with all that it may say, and stores it',
    async (eventType) => {
      const about = {
        flow: 'EVENT',
        step: 'one',
        cockpitSessinoId: 'cockpit-1',
        productSlug: 'slug',
      };
      const event = { ...aPageView(), ...about, eventType };

      await send(event).set('user-agent', 'a browser').expect(204);

      const isPageView = eventType === 'PAGEVIEW';
      expect(await rowsOf(event.eventId ?? '')).toEqual([
        {
          event_id: event.eventId,
          event_type: eventType,
          session_id: 'session-1',
          track_id: 'session-1',
          user_id: null,
          url: 'https://shop.example.com/products/green-tea?utm_source=news',
          path: '/products/green-tea',
          flow: isPageView ? null : 'EVENT',
          step: isPageView ? null : 'one',
          cockpit_sessino_id: isPageView ? null : 'cockpit-1',
          product_slug: isPageView ? null : 'slug',
          event_timestamp: new Date('2023-11-14T22:13:20.000Z'),
          received_at: expect.any(Date),
          ip_address: '127.0.0.1',
          user_agent: 'a browser',
          created_at: expect.any(Date),
        },
      ]);
    },
  );

  it.each([
    [aPageView(), ['sessionId', 'trackId', 'url', 'path', 'timestamp', 'eventType']],
    [aCreateEvent(), ['flow', 'step', 'cockpitSessinoId']],
    [
      { ...aCreateEvent(), eventType: 'COCKPIT_CREATE_SUCCESS', productSlug: 'slug' },
      ['flow', 'step', 'cockpitSessinoId', 'productSlug'],
    ],
    [aBuyEvent(), ['flow', 'step', 'productSlug']],
  ])(
    'refuses $eventType without what it requires, and names the field',
    async (event, required) => {
      for (const field of required) {
        for (const value of [undefined, null, '']) {
          expect(await breachesOf({ ...event, [field]: value })).toEqual([
            expect.objectContaining({ field }),
          ]);
        }
      }
    },
  );

  it('stores both spellings of the cockpit session in one column', async () => {
    const { cockpitSessinoId: _, ...event } = aCreateEvent();

    await send({ ...event, cockpitSessionId: ' cockpit-2 ' }).expect(204);

    expect(await rowsOf(event.eventId ?? '')).toMatchObject([{ cockpit_sessino_id: 'cockpit-2' }]);
  });

  it('refuses both spellings where they say different things', async () => {
    const event = { ...aCreateEvent(), cockpitSessionId: 'cockpit-2' };

    expect(await breachesOf(event)).toEqual([
      { field: 'cockpitSessionId', reason: 'differs from cockpitSessinoId' },
    ]);
  });

  it.each([
    [1_700_000_000_123, '2023-11-14T22:13:20.123000Z'],
    ['2023-11-14T23:13:20.123456789+01:00', '2023-11-14T22:13:20.123457Z'],
    ['2023-11-14T22:13:20Z', '2023-11-14T22:13:20.000000Z'],
  ])('keeps the time %p to the microsecond', async (timestamp, stored) => {
    const event = aPageView({ timestamp });

    await send(event).expect(204);
    await footfall.written();

    const { body } = await footfall
      .asAdmin('get', '/events/tracking?sessionId=session-1&limit=1000')
      .expect(200);
    const item = (body as TrackingEventPage).items.find(({ eventId }) => eventId === event.eventId);
    expect(item?.timestamp).toBe(stored);
  });

  it.each(['tomorrow', '2023-11-14', '1700000000000', -1, 1.5, true, {}, []])(
    'refuses the time %p',
    async (timestamp) => {
      expect(await breachesOf({ ...aPageView(), timestamp })).toEqual([
        expect.objectContaining({ field: 'timestamp' }),
      ]);
    },
  );

  it('stores a retry once, whether its time is text or milliseconds', async () => {
    const event = aPageView({ timestamp: 1_700_000_000_000 });

    await send(event).expect(204);
    await send({ ...event, timestamp: '2023-11-14T22:13:20Z' }).expect(204);
    await footfall
      .post('/events/tracking/batch', [event, { ...event, timestamp: '2023-11-14T22:13:20.000Z' }])
      .expect(200);

    expect(await rowsOf(event.eventId ?? '')).toHaveLength(1);
  });

  it('stores an event without an id once, however its fields are ordered', async () => {
    const { eventId: _, ...event } = aPageView({ sessionId: 'nameless' });
    const turned = Object.fromEntries(Object.entries(event).toReversed());

    await send(event).expect(204);
    await send({ ...turned, unknown: 1 }).expect(204);
    await send({ ...event, path: '/elsewhere' }).expect(204);
    await footfall.written();

    const rows = await footfall.query(
      `SELECT event_id, path FROM tracking_events WHERE session_id = 'nameless' ORDER BY path`,
    );
    expect(rows).toEqual([
      { event_id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), path: '/elsewhere' },
      { event_id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), path: '/products/green-tea' },
    ]);
  });

  it('keeps a conflict apart, and tells it in the receipt', async () => {
    const event = aPageView();

    await send(event).expect(204);
    await send({ ...event, path: '/other' }).expect(204);
    await footfall.written();

    const { body } = await footfall
      .asAdmin('get', `/events/tracking/${event.eventId}/receipt`)
      .expect(200);
    expect(body).toMatchObject({
      state: 'stored',
      items: [{ state: 'stored' }, { state: 'conflict' }],
    });
  });

  it('judges each member of a batch by itself', async () => {
    const { body } = await footfall
      .post('/events/tracking/batch', [aPageView(), { eventType: 'PAGEVEIW' }, aBuyEvent(), 7])
      .expect(200);

    expect(
      (body as { results: { verdict: string }[] }).results.map((each) => each.verdict),
    ).toEqual(['accepted', 'rejected', 'accepted', 'rejected']);
  });

  it('is for pages of any origin', async () => {
    const response = await send(aPageView()).set('origin', 'https://shop.example.com').expect(204);

    expect(response.headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example.com',
      'access-control-allow-credentials': 'true',
    });
  });

  it('logs what finds an event again, and refusals with their payload', async () => {
    const event = aPageView();

    await send(event).expect(204);
    await send({ ...event, path: 7, email: 'ana@example.com' }).expect(400);

    expect(footfall.logged('TRACKING_EVENT_RECEIVED')).toContainEqual(
      expect.objectContaining({ eventId: event.eventId, eventType: 'PAGEVIEW' }),
    );
    const [refusal] = footfall.logged('TRACKING_EVENT_INVALID').toReversed();
    expect(refusal).toMatchObject({ payload: { eventId: event.eventId, email: '[masked]' } });
  });

  it('lists by session, visitor, type and product', async () => {
    const mine = { sessionId: 'lists', trackId: 'visitor-9' };
    await send(aPageView(mine)).expect(204);
    await send(aBuyEvent({ ...mine, productSlug: 'black-tea' })).expect(204);
    await footfall.written();

    const typesOf = async (query: string): Promise<string[]> => {
      const { body } = await footfall.asAdmin('get', `/events/tracking?${query}`).expect(200);
      return (body as TrackingEventPage).items.map(({ eventType }) => eventType).toSorted();
    };
    expect(await typesOf('sessionId=lists')).toEqual(['COCKPIT_BUY_STEP', 'PAGEVIEW']);
    expect(await typesOf('trackId=visitor-9&eventType=PAGEVIEW')).toEqual(['PAGEVIEW']);
    expect(await typesOf('productSlug=black-tea')).toEqual(['COCKPIT_BUY_STEP']);
  });

  it.each(['eventType=PAGEVIEWS', 'flow=FILE'])('refuses the question %s', async (query) => {
    const { status } = await footfall.asAdmin('get', `/events/tracking?${query}`);

    expect(status).toBe(400);
  });

  it('masks an address in the page, in its URL and in its path alike', async () => {
    const path = '/invite/ana@example.com';
    const page = { sessionId: 'invited', path, url: `https://shop.example.com${path}` };
    await send(aPageView(page)).expect(204);
    await footfall.written();
    const { key } = await footfall.makeKey(['events:read']);

    const { body } = await footfall
      .get('/events/tracking?sessionId=invited')
      .set('authorization', `Bearer ${key}`)
      .expect(200);

    const [shown] = (body as TrackingEventPage).items;
    expect(shown).toMatchObject({
      path: '/invite/[masked]',
      url: 'https://shop.example.com/invite/[masked]',
    });
  });

  it('asks who reads', async () => {
    const { status } = await footfall.get('/events/tracking');

    expect(status).toBe(401);
  });
});
