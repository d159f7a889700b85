import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CHECKOUT_EVENT_NAMES,
  type CheckoutEventDto,
  type CheckoutEventName,
  type CheckoutSummary,
} from '#libs/contracts';
import { EventLog } from '#libs/event-log';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';

const MONDAY = '2025-05-05';
const TUESDAY = '2025-05-06';
const WEDNESDAY = '2025-05-07';

const event = (
  sessionId: string,
  offerId: string,
  eventName: CheckoutEventName,
  time: string,
  others: Partial<CheckoutEventDto> = {},
): CheckoutEventDto =>
  aCheckoutEvent({ sessionId, offerId, eventName, timestamp: Date.parse(time), ...others });

/** Three days of three offers. All of it comes late: months after it happened. */
const STORY: readonly CheckoutEventDto[] = [
  event('s1', 'offer-a', 'checkout_page_view', `${MONDAY}T00:00:00.000Z`),
  event('s1', 'offer-a', 'checkout_page_view', `${MONDAY}T10:00:00.000Z`),
  event('s1', 'offer-a', 'checkout_session_started', `${MONDAY}T10:00:01.000Z`),
  event('s1', 'offer-a', 'checkout_conversion_success', `${MONDAY}T10:05:00.000Z`, {
    paymentMethod: 'pix',
  }),
  event('s1', 'offer-b', 'checkout_page_view', `${MONDAY}T11:00:00.000Z`),
  event('s2', 'offer-a', 'checkout_page_view', `${MONDAY}T23:59:59.999Z`),
  event('s2', 'offer-a', 'checkout_payment_success', `${TUESDAY}T00:00:00.000Z`),
  event('s3', 'offer-c', 'checkout_payment_success', `${TUESDAY}T09:00:00.000Z`),
  event('s3', 'offer-c', 'checkout_conversion_success', `${TUESDAY}T09:00:01.000Z`),
  event('s3', 'offer-c', 'checkout_conversion_success', `${TUESDAY}T09:00:02.000Z`),
  event('s4', 'offer-c', 'checkout_page_view', `${TUESDAY}T09:30:00.000Z`, {
    executionEnvironment: 'sandbox',
  }),
  event('s5', 'offer-c', 'checkout_page_view', `${TUESDAY}T09:40:00.000Z`),
  event('s5', 'offer-c', 'checkout_submit_clicked', `${TUESDAY}T09:41:00.000Z`, {
    checkoutMode: 'development',
  }),
  event('s6', 'offer-c', 'checkout_conversion_success', `${WEDNESDAY}T09:00:00.000Z`, {
    fullHostname: '127.0.0.1',
  }),
  event('s7', 'offer-b', 'checkout_page_view', `${WEDNESDAY}T09:00:00.000Z`),
];

describe('GET /dashboards/checkout/summary', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-a', 'product-1', 'producer-1');
    await footfall.offer('offer-b', 'product-2', 'producer-1');
    await footfall.offer('offer-c', 'product-3', 'producer-2');
    // The newest first, and the last one twice, as a sender would that did not hear the answer.
    for (const sent of [...STORY.toReversed(), STORY.at(-1)]) {
      await footfall.post('/events/checkout', sent).expect(204);
    }
    await counted();
  });
  afterAll(() => footfall.stop());

  const ask = (query: string) => footfall.asAdmin('get', `/dashboards/checkout/summary?${query}`);
  const summary = async (query: string): Promise<CheckoutSummary> =>
    (await ask(query).expect(200)).body as CheckoutSummary;
  const days = (from: string, to: string, filter = '') =>
    summary(`from=${from}&to=${to}${filter && `&${filter}`}`);

  /** All that was sent before is in the figures. */
  const counted = async () => {
    await footfall.written();
    const sentBefore = Date.now();
    await until('all is counted', async () => {
      const answers = [await summary(''), await summary('offerId=offer-a')];
      return answers.every(({ asOf }) => Date.parse(asOf) > sentBefore);
    });
  };

  /** The names that happened: how many events, in how many sessions. */
  const happened = ({ eventsByName }: CheckoutSummary) =>
    Object.fromEntries(
      eventsByName
        .filter(({ count, sessions }) => count + sessions > 0)
        .map(({ eventName, count, sessions }) => [eventName, [count, sessions]]),
    );

  it('counts events, the sessions that have them, and conversions', async () => {
    const answer = await days(MONDAY, WEDNESDAY);

    expect(answer).toMatchObject({ sessions: 6, events: 12, conversions: 3, conversionRate: 50 });
    expect(happened(answer)).toEqual({
      checkout_page_view: [6, 5],
      checkout_session_started: [1, 1],
      // Left out itself, in a session that counts.
      checkout_submit_clicked: [0, 1],
      checkout_payment_success: [2, 2],
      checkout_conversion_success: [3, 2],
    });
  });

  it('lists every name of the contract in its order', async () => {
    const { eventsByName } = await days(MONDAY, WEDNESDAY);

    expect(eventsByName.map(({ eventName }) => eventName)).toEqual(CHECKOUT_EVENT_NAMES);
    expect(eventsByName.at(-1)).toEqual({
      eventName: 'checkout_payment_error',
      count: 0,
      sessions: 0,
    });
  });

  it('leaves out sandboxes and developers, and says how much that is', async () => {
    const { leftOut } = await days(MONDAY, WEDNESDAY);

    // s5 is a buyer's, though one of its events is not.
    expect(leftOut).toEqual({ nonProductionEvents: 3, nonProductionSessions: 2 });
  });

  it('counts them where all traffic is asked for', async () => {
    const answer = await days(MONDAY, WEDNESDAY, 'traffic=all');

    expect(answer).toMatchObject({
      sessions: 8,
      events: 15,
      conversions: 4,
      conversionRate: 50,
      leftOut: { nonProductionEvents: 0, nonProductionSessions: 0 },
    });
    expect(happened(answer)).toEqual({
      checkout_page_view: [7, 6],
      checkout_session_started: [1, 1],
      checkout_submit_clicked: [1, 1],
      checkout_payment_success: [2, 2],
      checkout_conversion_success: [4, 3],
    });
  });

  it.each([
    ['offerId=offer-a', { sessions: 2, events: 6, conversions: 2, conversionRate: 100 }, 0],
    ['offerId=offer-b', { sessions: 2, events: 2, conversions: 0, conversionRate: 0 }, 0],
    ['producerId=producer-1', { sessions: 4, events: 8, conversions: 2, conversionRate: 50 }, 0],
    ['productId=product-3', { sessions: 2, events: 4, conversions: 1, conversionRate: 50 }, 3],
    ['producerId=producer-2&offerId=offer-a', { sessions: 0, events: 0, conversions: 0 }, 0],
  ])('answers for %s alone', async (filter, figures, nonProductionEvents) => {
    const answer = await days(MONDAY, WEDNESDAY, filter);

    expect(answer).toMatchObject({ ...figures, leftOut: { nonProductionEvents } });
  });

  it('cuts days at midnight of UTC, each with its last millisecond', async () => {
    const monday = await days(MONDAY, MONDAY);
    const tuesday = await days(TUESDAY, TUESDAY);

    expect(monday).toMatchObject({ sessions: 3, events: 6, conversions: 2, conversionRate: 66.67 });
    expect(tuesday).toMatchObject({ sessions: 2, events: 5, conversions: 1, conversionRate: 50 });
  });

  it('counts a session that lasts past midnight once, on the day on which it began', async () => {
    const monday = await days(MONDAY, MONDAY);
    const tuesday = await days(TUESDAY, TUESDAY);

    expect(await days(MONDAY, TUESDAY)).toMatchObject({ sessions: 5, events: 11, conversions: 3 });
    expect(happened(monday)).toMatchObject({ checkout_payment_success: [0, 1] });
    expect(happened(tuesday)).toMatchObject({ checkout_payment_success: [2, 1] });
  });

  it('says which days and filters it understood, and how fresh it is', async () => {
    const before = Date.now();

    const answer = await days(MONDAY, TUESDAY, 'producerId=%20producer-1');

    expect(answer.range).toEqual({
      from: MONDAY,
      to: TUESDAY,
      timeZone: 'UTC',
      isLastDayIncomplete: false,
    });
    expect(answer.filters).toEqual({
      offerId: null,
      producerId: 'producer-1',
      productId: null,
      traffic: 'production',
    });
    expect(Date.parse(answer.asOf)).toBeGreaterThanOrEqual(before);
    const [newest] = await footfall.query<{ at: Date }>(
      `SELECT max(received_at) AS at FROM checkout_events
       WHERE producer_id = 'producer-1' AND event_timestamp < '${WEDNESDAY}'`,
    );
    expect(answer.newestReceivedAt).toBe(newest?.at.toISOString());
  });

  it('means the last 30 days where it is not told, today among them', async () => {
    const now = Date.now();
    const DAY = 86_400_000;
    await footfall.offer('offer-now');
    for (const ago of [0, 29, 30]) {
      const timestamp = Math.floor(now / DAY - ago) * DAY;
      const sent = aCheckoutEvent({ offerId: 'offer-now', sessionId: `${ago} ago`, timestamp });
      await footfall.post('/events/checkout', sent).expect(204);
    }
    await counted();

    const answer = await summary('offerId=offer-now');

    expect(answer).toMatchObject({ sessions: 2, range: { isLastDayIncomplete: true } });
    expect(answer.range.to).toBe(answer.asOf.slice(0, 10));
    expect((Date.parse(answer.range.to) - Date.parse(answer.range.from)) / DAY).toBe(29);
  });

  it('counts an event that claims to be far ahead on the day of its receipt', async () => {
    await footfall.offer('offer-ahead');
    const received = async (receivedAt: string, time: string): Promise<void> => {
      const sent = event(time, 'offer-ahead', 'checkout_page_view', time);
      await footfall.footfall.app.get(EventLog).append([
        {
          kind: 'event',
          contract: 'checkout',
          event: sent,
          receipt: {
            requestId: 'r',
            receivedAt: Date.parse(receivedAt),
            ipAddress: null,
            userAgent: null,
          },
          offer: { productId: 'product-1', producerId: 'producer-1' },
        },
      ]);
    };
    await received('2025-06-10T12:00:00Z', '2099-01-01T00:00:00.000Z');
    await received('2025-06-10T12:00:00Z', '2025-06-11T12:00:00.001Z');
    await received('2025-06-10T12:00:00Z', '2025-06-11T12:00:00.000Z');
    await received('2025-06-09T23:00:00Z', '2025-06-11T01:00:00.000Z');
    await counted();
    const on = async (day: string) => (await days(day, day, 'offerId=offer-ahead')).events;

    expect(await on('2025-06-09')).toBe(1);
    expect(await on('2025-06-10')).toBe(2);
    expect(await on('2025-06-11')).toBe(1);
    expect(await on('2099-01-01')).toBe(0);
    const all = await days('2025-06-09', '2025-06-11', 'offerId=offer-ahead');
    expect(all).toMatchObject({ events: 4, newestReceivedAt: '2025-06-10T12:00:00.000Z' });
  });

  it('answers zeros for days without events', async () => {
    const answer = await days('2001-01-01', '2001-12-31');

    expect(answer).toMatchObject({
      sessions: 0,
      events: 0,
      conversions: 0,
      conversionRate: 0,
      newestReceivedAt: null,
      leftOut: { nonProductionEvents: 0, nonProductionSessions: 0 },
    });
    expect(answer.eventsByName).toHaveLength(26);
    expect(happened(answer)).toEqual({});
  });

  it('takes 400 days', async () => {
    expect(await days('2024-04-02', '2025-05-06')).toMatchObject({ sessions: 5 });
  });

  it.each([
    ['from=2025-02-30', 'from'],
    ['from=yesterday', 'from'],
    ['to=2025-05-05T00:00:00Z', 'to'],
    ['to=', 'to'],
    ['from=2025-05-06&to=2025-05-05', 'from'],
    ['from=2024-04-01&to=2025-05-06', 'from'],
    ['from=1969-12-31&to=1970-01-01', 'from'],
    ['to=2100-01-02', 'to'],
    ['to=0001-01-01', 'to'],
    ['from=2025-05-05&from=2025-05-06', 'from'],
    ['traffic=sandbox', 'traffic'],
    ['traffic=', 'traffic'],
    ['offerId=a&offerId=b', 'offerId'],
    ['producerId=%00', 'producerId'],
    ['productId=' + 'x'.repeat(201), 'productId'],
    ['offer=a', 'offer'],
  ])('refuses the question %s and names the field', async (query, field) => {
    const { body } = await ask(query).expect(400);

    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', breaches: [{ field }] });
  });

  it('is for keys that may read dashboards', async () => {
    const path = '/dashboards/checkout/summary';
    const reader = await footfall.makeKey(['dashboards:read']);
    const other = await footfall.makeKey(['events:read']);
    const as = (key: string) => footfall.get(path).set('authorization', `Bearer ${key}`);

    const answers = [await footfall.get(path), await as(other.key), await as(reader.key)];

    expect(answers.map(({ status }) => status)).toEqual([401, 403, 200]);
  });
});
