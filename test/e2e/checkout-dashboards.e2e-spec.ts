import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeys } from '#libs/access';
import type {
  AbandonedCheckouts,
  CheckoutErrors,
  CheckoutEventDto,
  CheckoutFunnel,
  CheckoutPaymentMethods,
  CheckoutTimeline,
  PersonalDataAccessPage,
  Scope,
} from '#libs/contracts';
import { type AcceptedEvent, EventLog } from '#libs/event-log';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { anEnvelope } from '../support/commerce-event.js';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';

const MONDAY = '2025-05-05';
const TUESDAY = '2025-05-06';
const RANGE = `from=${MONDAY}&to=${TUESDAY}`;

const event = (
  sessionId: string,
  offerId: string,
  eventName: string,
  time: string,
  more: Partial<CheckoutEventDto> = {},
): CheckoutEventDto =>
  aCheckoutEvent({
    sessionId,
    offerId,
    eventName: `checkout_${eventName}` as CheckoutEventDto['eventName'],
    timestamp: Date.parse(time),
    ...more,
  });

/**
 * On Monday, at offer-a, s1 buys after a refused payment and s2 leaves an address; at offer-b of
 * another producer, s3 leaves both. On Tuesday s4 looks at offer-a, and a developer at both.
 */
const STORY = [
  event('s1', 'offer-a', 'identification_started', `${MONDAY}T10:00:00Z`),
  event('s1', 'offer-a', 'identification_completed', `${MONDAY}T10:01:00Z`),
  event('s1', 'offer-a', 'submit_clicked', `${MONDAY}T10:02:00Z`, { paymentMethod: 'pix' }),
  event('s1', 'offer-a', 'payment_error', `${MONDAY}T10:02:05Z`, { step: 'payment' }),
  event('s1', 'offer-a', 'payment_error', `${MONDAY}T10:02:09Z`, { step: 'payment' }),
  event('s1', 'offer-a', 'conversion_success', `${TUESDAY}T00:00:30Z`),
  event('s2', 'offer-a', 'identification_started', `${MONDAY}T11:00:00Z`),
  event('s2', 'offer-a', 'identification_completed', `${MONDAY}T11:01:00Z`, {
    email: 'first@example.com',
  }),
  event('s2', 'offer-a', 'address_completed', `${MONDAY}T11:02:00Z`, { email: 'last@example.com' }),
  event('s3', 'offer-b', 'payment_method_selected', `${MONDAY}T12:00:00Z`, {
    paymentMethod: 'boleto',
    email: 'three@example.com',
    phone: '+55 11 5555-0100',
    checkoutType: '3steps',
  }),
  event('s4', 'offer-a', 'page_view', `${TUESDAY}T01:00:00Z`),
  event('s5', 'offer-a', 'page_view', `${TUESDAY}T02:00:00Z`, { fullHostname: 'localhost' }),
  event('s5', 'offer-b', 'page_view', `${TUESDAY}T02:00:00Z`, { checkoutMode: 'sandbox' }),
];

describe('the dashboards of checkouts', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-a', 'product-1', 'producer-1');
    await footfall.offer('offer-b', 'product-2', 'producer-2');
    for (const sent of STORY.toReversed()) {
      await footfall.post('/events/checkout', sent).expect(204);
    }
    await footfall.written();
    await counted(3);
  });
  afterAll(() => footfall.stop());

  const get = (path: string) => footfall.asAdmin('get', `/dashboards/checkout/${path}`);
  const ask = async <Answer>(path: string): Promise<Answer> =>
    (await get(path).expect(200)).body as Answer;
  const funnel = (query: string) => ask<CheckoutFunnel>(`funnel?${query}`);
  const abandoned = (query: string) => ask<AbandonedCheckouts>(`abandoned?${query}`);
  const accesses = async (query = '') =>
    (await footfall.asAdmin('get', `/personal-data-accesses?${query}`).expect(200))
      .body as PersonalDataAccessPage;

  /** Every rollup tells so many sessions of producer-1 on these days. */
  const counted = (sessions: number) =>
    until('the rollups have counted', async () => {
      const { total } = await funnel(`${RANGE}&producerId=producer-1`);
      const byHour = await funnel(RANGE);
      const { asOf } = await ask<CheckoutErrors>(`errors?${RANGE}`);
      const [late] = await footfall.query<{ days: number }>(
        'SELECT count(*)::int AS days FROM touched_days',
      );
      const done = total.sessions === sessions && byHour.total.sessions === sessions + 1;
      return done && late?.days === 0 && Date.parse(asOf) > 0;
    });

  const boundTo = async (producer: string, scopes: readonly Scope[]) => {
    const owner = { kind: 'producer', id: producer } as const;
    const { key } = await footfall.footfall.app
      .get(ApiKeys)
      .create({ name: producer, scopes, owner });
    const as = (path: string) => footfall.get(path).set('authorization', `Bearer ${key}`);
    const probe = scopes.includes('dashboards:read') ? 'steps' : 'abandoned';
    await until('the key is known', async () => {
      return (await as(`/dashboards/checkout/${probe}?${RANGE}`)).status === 200;
    });
    return as;
  };

  it('tell how far sessions came, on the day of their first event', async () => {
    const { total, range, leftOut } = await funnel(`from=${MONDAY}&to=${MONDAY}`);

    expect(total).toMatchObject({ sessions: 3, conversions: 1, conversionRate: 33.33 });
    expect(total.steps.map(({ sessions }) => sessions)).toEqual([3, 2, 2, 0, 1, 1, 1, 1]);
    expect(range).toEqual({
      from: MONDAY,
      to: MONDAY,
      timeZone: 'UTC',
      isLastDayIncomplete: false,
    });
    expect(leftOut).toEqual({ nonProductionSessions: 0, otherHostSessions: 0 });
  });

  it('leave out sandboxes and developers unless they are asked for', async () => {
    expect(await funnel(RANGE)).toMatchObject({
      total: { sessions: 4 },
      leftOut: { nonProductionSessions: 2 },
    });
    expect(await funnel(`${RANGE}&traffic=all`)).toMatchObject({
      total: { sessions: 6 },
      leftOut: { nonProductionSessions: 0 },
    });
  });

  it('compare with as many days before', async () => {
    const { total, previousRange } = await funnel(
      `from=${TUESDAY}&to=${TUESDAY}&compare=previous_period`,
    );

    expect(previousRange).toMatchObject({ from: MONDAY, to: MONDAY });
    expect(total.steps[0]!.previousPeriod).toEqual({
      sessions: 3,
      difference: -2,
      changePercent: -66.67,
    });
  });

  it('leave out nothing of the days that are compared with', async () => {
    const day = '2025-05-07'; // the day before had two sessions that are left out

    const { leftOut } = await funnel(`from=${day}&to=${day}&compare=previous_period`);

    expect(leftOut.nonProductionSessions).toBe(0);
  });

  it('tell at most fifty groups apart, and all others together', async () => {
    const offers = Array.from(
      { length: 52 },
      (_, index) => `many-${String(index).padStart(2, '0')}`,
    );
    for (const offer of offers) await footfall.offer(offer, 'product-many', 'producer-many');
    const sent = offers.flatMap((offer, index) =>
      Array.from({ length: index === 51 ? 2 : 1 }, (_, n) =>
        event(`${offer}-${n}`, offer, 'page_view', '2025-03-03T00:00:00Z'),
      ),
    );
    await footfall.post('/events/checkout/batch', sent).expect(200);
    const query = 'from=2025-03-03&to=2025-03-03&groupBy=offerId&producerId=producer-many';
    await until('they are counted', async () => (await funnel(query)).total.sessions === 53);

    const { groups, otherGroups } = await funnel(query);

    expect(groups).toHaveLength(50);
    expect(groups[0]).toMatchObject({ value: 'many-51', sessions: 2 });
    expect(otherGroups).toMatchObject({ sessions: 2 });
  });

  it('tell apart the twenty most frequent hosts of an offer and day, and how many others there are', async () => {
    await footfall.offer('hosts', 'product-hosts', 'producer-hosts');
    const hosts = Array.from(
      { length: 21 },
      (_, index) => `${String(index).padStart(2, '0')}.example.com`,
    );
    const sent = hosts.map((fullHostname, index) =>
      event(`host-${index}`, 'hosts', 'page_view', '2025-03-04T00:00:00Z', { fullHostname }),
    );
    await footfall.post('/events/checkout/batch', sent).expect(200);
    const query = 'from=2025-03-04&to=2025-03-04';
    await until('they are counted', async () => {
      return (await funnel(`${query}&offerId=hosts`)).total.sessions === 21;
    });

    const told = await funnel(`${query}&fullHostname=00.example.com`);
    const rare = await funnel(`${query}&fullHostname=20.example.com`);

    expect(told).toMatchObject({ total: { sessions: 1 }, leftOut: { otherHostSessions: 1 } });
    expect(rare).toMatchObject({ total: { sessions: 0 }, leftOut: { otherHostSessions: 1 } });
  });

  it('tell what was paid, of all together and of what is asked for', async () => {
    const day = '2025-03-06';
    const kinds = [
      { checkoutType: 'standard', checkoutMode: 'embedded' },
      { checkoutType: 'standard', checkoutMode: 'transparent' },
      { checkoutType: '3steps', checkoutMode: 'transparent' },
      {},
    ] as const;
    for (const [n, kind] of kinds.entries()) {
      const sessionId = `paid-${n}`;
      await footfall.offer(`offer-paid-${n}`, 'product-paid', `producer-paid-${n % 2}`);
      const sold = event(sessionId, `offer-paid-${n}`, 'payment_success', `${day}T10:00:00Z`, {
        ...kind,
        paymentMethod: 'pix',
      });
      await footfall.post('/events/checkout', sold).expect(204);
      const order = anEnvelope({
        session_id: sessionId,
        timestamp: `${day}T10:00:0${n + 1}Z`,
      });
      await footfall.asAdmin('post', '/events/commerce').send(order).expect(200);
    }
    const paid = async (filter = '') => {
      const query = `payment-methods?from=${day}&to=${day}${filter}`;
      const { methods } = await ask<CheckoutPaymentMethods>(query);
      return methods.find(({ paymentMethod }) => paymentMethod === 'pix')!;
    };
    await until('they are counted', async () => (await paid()).paid >= kinds.length);

    expect(await paid()).toMatchObject({ generated: 4, paid: 4, paidRate: 100 });
    expect(Math.abs((await paid()).p90TimeToPayMs! / 4000 - 1)).toBeLessThanOrEqual(0.025);
    expect((await paid('&checkoutType=standard')).paid).toBe(2);
    expect((await paid('&checkoutMode=transparent')).paid).toBe(2);
    expect((await paid('&checkoutType=standard&checkoutMode=transparent')).paid).toBe(1);
    expect((await paid('&paymentMethod=pix')).paid).toBe(4);
    expect((await paid('&offerId=offer-paid-3')).paid).toBe(1);
    expect((await paid('&producerId=producer-paid-0&checkoutType=3steps')).paid).toBe(1);
  });

  it('count the first hundred errors of a session', async () => {
    await footfall.offer('errors', 'product-errors', 'producer-errors');
    const sent = Array.from({ length: 101 }, (_, index) =>
      event(
        'unlucky',
        'errors',
        'coupon_error',
        `2025-03-05T00:00:00.${String(index).padStart(3, '0')}Z`,
      ),
    );
    await footfall.post('/events/checkout/batch', sent.slice(50)).expect(200);
    await footfall.post('/events/checkout/batch', sent.slice(0, 50)).expect(200);
    await footfall.written();

    const query = 'errors?from=2025-03-05&to=2025-03-05&offerId=errors';
    await until('they are counted', async () => {
      return (await ask<CheckoutErrors>(query)).total.events === 100;
    });
    const { kinds } = await ask<CheckoutErrors>(query);
    expect(kinds).toEqual([
      {
        error: 'checkout_coupon_error',
        step: null,
        paymentMethod: null,
        events: 100,
        sessions: 1,
        recovered: 0,
        recoveryRate: 0,
      },
    ]);
  });

  it('tell which errors happened, and who bought anyway', async () => {
    const { total, kinds, days } = await ask<CheckoutErrors>(`errors?${RANGE}`);

    expect(total).toEqual({ events: 2, sessions: 1, recovered: 1, recoveryRate: 100 });
    expect(kinds).toMatchObject([
      { error: 'checkout_payment_error', step: 'payment', paymentMethod: 'pix', events: 2 },
    ]);
    expect(days.map(({ day, events }) => [day, events])).toEqual([
      [MONDAY, 2],
      [TUESDAY, 0],
    ]);
  });

  it('show a day by its hours, and days of a zone by its midnights', async () => {
    const hours = await ask<CheckoutTimeline>(`timeline?from=${MONDAY}&to=${MONDAY}`);
    const zone = 'timeZone=America/Sao_Paulo&by=day';
    const days = await ask<CheckoutTimeline>(`timeline?from=${MONDAY}&to=${TUESDAY}&${zone}`);

    expect(hours).toMatchObject({ by: 'hour', sessions: 3 });
    expect(hours.buckets).toHaveLength(24);
    expect(hours.buckets[10]).toEqual({
      start: `${MONDAY}T10:00:00.000Z`,
      day: MONDAY,
      sessions: 1,
      conversions: 1,
      conversionRate: 100,
      isIncomplete: false,
    });
    expect(days.range.timeZone).toBe('America/Sao_Paulo');
    // At one o'clock of Tuesday in UTC it is Monday there.
    expect(days.buckets.map(({ start, sessions }) => [start, sessions])).toEqual([
      [`${MONDAY}T03:00:00.000Z`, 4],
      [`${TUESDAY}T03:00:00.000Z`, 0],
    ]);
  });

  it('mark the bucket that is not over', async () => {
    const { buckets, range } = await ask<CheckoutTimeline>('timeline?by=day');

    expect(range.isLastDayIncomplete).toBe(true);
    expect(buckets.map(({ isIncomplete }) => isIncomplete).lastIndexOf(false)).toBe(28);
    expect(buckets).toHaveLength(30);
  });

  it('count an event of long ago on the day of its session, within seconds', async () => {
    const day = 'from=2024-02-29&to=2024-02-29';
    await footfall
      .post('/events/checkout', event('late', 'offer-a', 'page_view', '2024-02-29T23:59:59.999Z'))
      .expect(204);

    await footfall.written();
    await until('it is counted', async () => (await funnel(day)).total.sessions === 1);

    const { newestReceivedAt, asOf } = await funnel(day);
    expect(Date.now() - Date.parse(newestReceivedAt!)).toBeLessThan(60_000);
    expect(Date.parse(asOf)).toBeGreaterThanOrEqual(Date.parse(newestReceivedAt!));
  });

  describe('of abandoned sessions', () => {
    it('are kept in no cache, not even in that of whoever asks', async () => {
      const path = `/dashboards/checkout/abandoned?${RANGE}`;

      const { headers } = await footfall.asAdmin('get', path).expect(200);

      expect(headers['cache-control']).toBe('no-store');
    });

    it('list who left a way to be reached, with the last that was left', async () => {
      const { items, nextCursor } = await abandoned(RANGE);

      expect(items).toEqual([
        {
          sessionId: 's3',
          offerId: 'offer-b',
          productId: 'product-2',
          producerId: 'producer-2',
          email: 'three@example.com',
          phone: '+55 11 5555-0100',
          stepReached: 'payment_started',
          paymentMethod: 'boleto',
          checkoutType: '3steps',
          checkoutMode: null,
          fullHostname: 'checkout.example.com',
          firstSeenAt: `${MONDAY}T12:00:00.000Z`,
          lastSeenAt: `${MONDAY}T12:00:00.000Z`,
        },
        expect.objectContaining({
          sessionId: 's2',
          email: 'last@example.com',
          phone: null,
          stepReached: 'address_completed',
        }),
      ]);
      expect(nextCursor).toBeNull();
    });

    it('find what was left by an event that claims to be far ahead', async () => {
      await footfall.offer('offer-ahead');
      const receivedAt = Date.parse('2025-03-03T12:00:00Z');
      const left = (sessionId: string, time: string, email: string): AcceptedEvent => ({
        kind: 'event',
        contract: 'checkout',
        event: event(sessionId, 'offer-ahead', 'identification_completed', time, { email }),
        receipt: { requestId: 'r', receivedAt, ipAddress: null, userAgent: null },
        offer: { productId: 'product-1', producerId: 'producer-1' },
      });
      await footfall.footfall.app
        .get(EventLog)
        .append([
          left('ahead', '2099-01-01T00:00:00Z', 'ahead@example.com'),
          left('on time', '2025-03-03T12:00:00Z', 'on-time@example.com'),
        ]);
      const ofOffer = 'from=2025-03-03&to=2025-03-03&offerId=offer-ahead';
      await until('they are listed', async () => (await abandoned(ofOffer)).items.length === 2);

      const { items } = await abandoned(ofOffer);

      expect(items.map(({ sessionId, email }) => [sessionId, email])).toEqual([
        ['on time', 'on-time@example.com'],
        ['ahead', 'ahead@example.com'],
      ]);
    });

    it('wait until nothing was heard of a session for long enough', async () => {
      const now = Date.now();
      const sent = event(
        'now',
        'offer-a',
        'identification_completed',
        new Date(now - 600_000).toISOString(),
        { phone: '1' },
      );
      await footfall.post('/events/checkout', sent).expect(204);
      const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
      const range = `from=${day(now - 600_000)}&to=${day(now)}`;
      const listed = async (minutes: number) =>
        (await abandoned(`${range}&quietMinutes=${minutes}`)).items.map(
          ({ sessionId }) => sessionId,
        );

      await until('it is listed', async () => (await listed(5)).includes('now'));

      expect(await listed(30)).toEqual([]);
    });

    it('note who asked for what, before anything is answered', async () => {
      await abandoned(`${RANGE}&offerId=offer-b&quietMinutes=7`);

      const [newest] = (await accesses('limit=1')).items;
      expect(newest).toMatchObject({
        callerKind: 'key',
        callerId: expect.any(String),
        source: 'abandoned-checkouts',
        question: { from: MONDAY, to: TUESDAY, offerId: 'offer-b', quietMinutes: 7 },
        items: 1,
      });
      expect(footfall.logged('PERSONAL_DATA_READ').at(-1)).toMatchObject({
        by: { kind: 'key', id: newest!.callerId },
        source: 'abandoned-checkouts',
        question: { offerId: 'offer-b' },
        items: 1,
      });
      expect(footfall.lines.join('')).not.toContain('three@example.com');
    });

    it('answer nothing where that cannot be noted', async () => {
      await footfall.query('ALTER TABLE personal_data_accesses RENAME TO away');
      try {
        const { status, text } = await get(`abandoned?${RANGE}`);

        expect(status).toBe(500);
        expect(text).not.toContain('example.com');
      } finally {
        await footfall.query('ALTER TABLE away RENAME TO personal_data_accesses');
      }
    });

    it('keep no address that somebody asks for', async () => {
      await abandoned(`${RANGE}&offerId=somebody@example.com`);

      const [{ noted }] = (await footfall.query<{ noted: string }>(
        'SELECT question::text AS noted FROM personal_data_accesses ORDER BY id DESC LIMIT 1',
      )) as [{ noted: string }];
      expect(noted).not.toContain('somebody@example.com');
    });

    it('page through accesses, newest first', async () => {
      await abandoned(RANGE);
      await abandoned(RANGE);

      const first = await accesses('limit=1');
      const second = await accesses(`limit=1&cursor=${first.nextCursor}`);

      expect(Date.parse(first.items[0]!.at)).toBeGreaterThan(Date.parse(second.items[0]!.at));
    });
  });

  describe('for a caller that is bound to a producer', () => {
    it('show that producer alone, whether it is named or not', async () => {
      const as = await boundTo('producer-2', ['dashboards:read']);

      const own = (await as(`/dashboards/checkout/funnel?${RANGE}`)).body as CheckoutFunnel;
      const summary = await as(`/dashboards/checkout/summary?${RANGE}`);
      const methods = await as(`/dashboards/checkout/payment-methods?${RANGE}`);

      expect(own).toMatchObject({ total: { sessions: 1 }, filters: { producerId: 'producer-2' } });
      expect(summary.body).toMatchObject({ sessions: 1, filters: { producerId: 'producer-2' } });
      expect(methods.body).toMatchObject({ orders: null });
    });

    it.each(['summary', 'funnel', 'timeline', 'steps', 'payment-methods', 'errors'])(
      'know no other producer: %s',
      async (path) => {
        const as = await boundTo('producer-2', ['dashboards:read']);

        const { status, body } = await as(
          `/dashboards/checkout/${path}?${RANGE}&producerId=producer-1`,
        );

        expect({ status, code: (body as { code: string }).code }).toEqual({
          status: 404,
          code: 'NOT_FOUND',
        });
      },
    );

    it('list its own abandoned sessions', async () => {
      const as = await boundTo('producer-1', ['personal-data:read']);

      const { items } = (await as(`/dashboards/checkout/abandoned?${RANGE}`))
        .body as AbandonedCheckouts;
      const other = await as(`/dashboards/checkout/abandoned?${RANGE}&producerId=producer-2`);

      expect(items.map(({ sessionId }) => sessionId)).toEqual(['s2']);
      expect(other.status).toBe(404);
    });
  });

  it.each([
    ['dashboards:read', 'abandoned', 403],
    ['personal-data:read', 'abandoned', 200],
    ['personal-data:read', 'funnel', 403],
    ['events:read', 'funnel', 403],
    ['dashboards:read', 'funnel', 200],
  ] as const)('are for keys that may read them: %s, %s, %i', async (scope, path, status) => {
    const { key } = await footfall.makeKey([scope]);

    const answer = await footfall
      .get(`/dashboards/checkout/${path}?${RANGE}`)
      .set('authorization', `Bearer ${key}`);

    expect(answer.status).toBe(status);
  });

  it.each([
    ['funnel', 'order=loose', 'order'],
    ['funnel', 'groupBy=day', 'groupBy'],
    ['funnel', 'compare=', 'compare'],
    ['funnel', 'paymentMethod=card', 'paymentMethod'],
    ['steps', 'from=2024-01-01&to=2025-05-01', 'from'],
    ['steps', 'order=any', 'order'],
    ['timeline', 'from=2025-01-01&to=2025-01-15&by=hour', 'by'],
    ['timeline', 'timeZone=Asia/Kolkata', 'timeZone'],
    ['timeline', 'timeZone=Mars', 'timeZone'],
    ['timeline', 'from=2025-01-01&to=2025-04-03&timeZone=Europe/Berlin', 'from'],
    ['errors', 'checkoutType=2steps', 'checkoutType'],
    ['payment-methods', 'fullHostname=%00', 'fullHostname'],
    ['abandoned', 'quietMinutes=-1', 'quietMinutes'],
    ['abandoned', 'cursor=nonsense', 'cursor'],
    [
      'abandoned',
      `cursor=${Buffer.from('["2025-05-05T00:00:00.000000Z","x"]').toString('base64url')}`,
      'cursor',
    ],
    ['abandoned', 'limit=1001', 'limit'],
  ])('refuse the question %s?%s and name the field', async (path, query, field) => {
    const { body } = await get(`${path}?${query}`).expect(400);

    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', breaches: [{ field }] });
  });
});
