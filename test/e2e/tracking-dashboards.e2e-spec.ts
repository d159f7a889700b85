import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CockpitFlow, CockpitSteps, PageViews, TrackingEvent } from '#libs/contracts';
import { TestFootfall } from '../support/footfall.js';
import { aBuyEvent, aCreateEvent, aPageView } from '../support/tracking-event.js';
import { until } from '../support/until.js';

const MONDAY = '2025-05-05';
const TUESDAY = '2025-05-06';
const WEDNESDAY = '2025-05-07';
const FRIDAY = '2025-05-09';

const created = (
  eventType: string,
  cockpitSessinoId: string,
  timestamp: string,
  others: object = {},
) => ({ ...aCreateEvent({ cockpitSessinoId, timestamp }), eventType, ...others }) as TrackingEvent;
const bought = (eventType: string, sessionId: string, timestamp: string, others: object = {}) =>
  ({ ...aBuyEvent({ sessionId, timestamp }), eventType, ...others }) as TrackingEvent;
const viewed = (trackId: string, sessionId: string, path: string, timestamp: string) =>
  aPageView({ trackId, sessionId, path, timestamp });

/** Three days, which come months after they happened. */
const STORY: readonly TrackingEvent[] = [
  // A creator who comes to the end, past midnight.
  created('COCKPIT_CREATE_LAUNCH', 'c1', `${MONDAY}T23:50:00Z`),
  created('COCKPIT_CREATE_STEP', 'c1', `${MONDAY}T23:55:00Z`, { step: 'details' }),
  created('COCKPIT_CREATE_STEP', 'c1', `${MONDAY}T23:56:00Z`, { step: 'price' }),
  created('COCKPIT_CREATE_SUCCESS', 'c1', `${TUESDAY}T00:05:00Z`, { productSlug: 'tea' }),
  created('COCKPIT_CREATE_ENRICH_INFORMATION', 'c1', `${TUESDAY}T00:06:00Z`),
  created('COCKPIT_CREATE_DOWNLOAD', 'c1', `${TUESDAY}T00:07:00Z`, { productSlug: 'tea' }),
  // One who gives up, in another flow.
  created('COCKPIT_CREATE_LAUNCH', 'c2', `${MONDAY}T10:00:00Z`, { flow: 'EVENT' }),
  created('COCKPIT_CREATE_STEP', 'c2', `${MONDAY}T10:01:00Z`, { flow: 'EVENT' }),
  // One who has a success, but whose steps were never heard of.
  created('COCKPIT_CREATE_LAUNCH', 'c3', `${TUESDAY}T10:00:00Z`),
  created('COCKPIT_CREATE_SUCCESS', 'c3', `${TUESDAY}T10:10:00Z`, { productSlug: 'cup' }),
  // A visit in which two products are looked at, and one is bought.
  bought('COCKPIT_BUY_LAUNCH', 's1', `${TUESDAY}T12:00:00Z`, { productSlug: 'tea' }),
  bought('COCKPIT_BUY_STEP', 's1', `${TUESDAY}T12:01:00Z`, { productSlug: 'tea' }),
  bought('COCKPIT_BUY_PAYMENT', 's1', `${TUESDAY}T12:02:00Z`, { productSlug: 'tea' }),
  bought('COCKPIT_BUY_PURCHASE', 's1', `${TUESDAY}T12:03:00Z`, { productSlug: 'tea' }),
  bought('COCKPIT_BUY_LAUNCH', 's1', `${TUESDAY}T12:30:00Z`, { productSlug: 'cup' }),
  // A user who comes on each day, in sessions of one day, and a session that lasts past midnight.
  viewed('u1', 'p1', '/a', `${MONDAY}T09:00:00Z`),
  viewed('u1', 'p2', '/a/b', `${TUESDAY}T09:00:00Z`),
  viewed('u1', 'p3', '/a', `${WEDNESDAY}T09:00:00Z`),
  viewed('v9', 'v9', '/c', `${TUESDAY}T23:59:59Z`),
  viewed('v9', 'v9', '/a', `${WEDNESDAY}T00:00:01Z`),
  // A page whose path says whose it is.
  viewed('v7', 'v7', '/recover/ana@example.com', `${FRIDAY}T09:00:00Z`),
];

describe('the dashboards of tracking events', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    // The newest first, and the last one twice, as a sender would that did not hear the answer.
    for (const sent of [...STORY.toReversed(), STORY.at(-1)]) {
      await footfall.post('/events/tracking', sent).expect(204);
    }
    await footfall.written();
    await until('all is counted', async () => {
      const { total } = await views(MONDAY, WEDNESDAY);
      const [left] = await footfall.query<{ days: number }>(
        'SELECT count(*)::int AS days FROM touched_days',
      );
      const { total: later } = await views(FRIDAY, FRIDAY);
      return (
        later.views === 1 &&
        total.views === 5 &&
        left?.days === 0 &&
        (await creation()).total.conversions === 2
      );
    });
  });
  afterAll(() => footfall.stop());

  const ask = (path: string) => footfall.asAdmin('get', `/dashboards/${path}`);
  const asked = async <Answer>(path: string): Promise<Answer> =>
    (await ask(path).expect(200)).body as Answer;
  const creation = (from = MONDAY, to = WEDNESDAY, filter = '') =>
    asked<CockpitFlow>(`cockpit/creation-flow?from=${from}&to=${to}${filter}`);
  const purchase = (filter = '') =>
    asked<CockpitFlow>(`cockpit/purchase-flow?from=${MONDAY}&to=${WEDNESDAY}${filter}`);
  const views = (from: string, to: string, filter = '') =>
    asked<PageViews>(`tracking/page-views?from=${from}&to=${to}${filter}`);

  const reached = ({ stages }: CockpitFlow['total']) =>
    stages.map(({ stage, sessions, sessionsInOrder, dropOff }) => [
      stage,
      sessions,
      sessionsInOrder,
      dropOff,
    ]);

  it('tell how far creators came, and in which order', async () => {
    const { total } = await creation();

    expect(total).toMatchObject({ sessions: 3, conversions: 2, conversionRate: 66.67 });
    expect(reached(total)).toEqual([
      ['launch', 3, 3, 0],
      ['step', 2, 2, 1],
      ['success', 2, 1, 1],
      ['enrichment', 1, 1, 0],
      ['download', 1, 1, 0],
    ]);
  });

  it('count a session on the day on which it began, with all that came later', async () => {
    expect((await creation(MONDAY, MONDAY)).days).toEqual([
      { day: MONDAY, sessions: 2, conversions: 1 },
    ]);
  });

  it('tell flows apart, also those in which nothing happened', async () => {
    const { flows } = await creation();

    expect(flows.map(({ flow, sessions, conversions }) => [flow, sessions, conversions])).toEqual([
      ['FILE', 2, 2],
      ['EVENT', 1, 0],
      ['PROJECT', 0, 0],
    ]);
    expect((await creation(MONDAY, WEDNESDAY, '&flow=EVENT')).total.sessions).toBe(1);
  });

  it('list products, and say how many sessions named none', async () => {
    const { products, productsInAll, sessionsWithoutProduct } = await creation();

    expect(products.map(({ productSlug, sessions }) => [productSlug, sessions])).toEqual([
      ['cup', 1],
      ['tea', 1],
    ]);
    expect({ productsInAll, sessionsWithoutProduct }).toEqual({
      productsInAll: 2,
      sessionsWithoutProduct: 1,
    });
  });

  it('take two products in one visit for two purchases', async () => {
    const { total, products } = await purchase();

    expect(total).toMatchObject({ sessions: 2, conversions: 1, conversionRate: 50 });
    expect(reached(total)).toEqual([
      ['launch', 2, 2, 0],
      ['step', 1, 1, 1],
      ['payment', 1, 1, 0],
      ['purchase', 1, 1, 0],
      ['download', 0, 0, 1],
    ]);
    expect(products.map(({ productSlug, conversions }) => [productSlug, conversions])).toEqual([
      ['cup', 0],
      ['tea', 1],
    ]);
  });

  it('answer for one product', async () => {
    const { total, products, filters } = await purchase('&productSlug=cup');

    expect(total).toMatchObject({ sessions: 1, conversions: 0 });
    expect(products).toHaveLength(1);
    expect(filters).toEqual({ flow: null, productSlug: 'cup' });
  });

  it('list the products with the most sessions only, and count all', async () => {
    const { products, productsInAll } = await purchase('&limit=1');

    expect(products).toHaveLength(1);
    expect(productsInAll).toBe(2);
  });

  it('count the views of steps', async () => {
    const steps = await asked<CockpitSteps>(
      `cockpit/steps?from=${MONDAY}&to=${WEDNESDAY}&cockpit=creation&limit=2`,
    );

    expect(steps).toMatchObject({
      views: 3,
      steps: [
        { cockpit: 'creation', flow: 'EVENT', step: 'details', views: 1 },
        { cockpit: 'creation', flow: 'FILE', step: 'details', views: 1 },
      ],
      otherViews: 1,
    });
  });

  it('count a visitor and a session once over all the days', async () => {
    const { total, days } = await views(MONDAY, WEDNESDAY);

    expect(total).toEqual({ views: 5, visitors: 2, sessions: 4 });
    expect(days).toEqual([
      { day: MONDAY, views: 1, visitors: 1, sessions: 1 },
      { day: TUESDAY, views: 2, visitors: 2, sessions: 2 },
      { day: WEDNESDAY, views: 2, visitors: 2, sessions: 2 },
    ]);
  });

  it('count them anew for any other days', async () => {
    expect((await views(TUESDAY, WEDNESDAY)).total).toEqual({ views: 4, visitors: 2, sessions: 3 });
    expect((await views(WEDNESDAY, WEDNESDAY)).total).toMatchObject({ visitors: 2, sessions: 2 });
  });

  it('list the paths that are viewed most, each with its own visitors', async () => {
    const { paths, matching } = await views(MONDAY, WEDNESDAY);

    expect(paths).toEqual([
      { path: '/a', views: 3, visitors: 2, sessions: 3 },
      { path: '/a/b', views: 1, visitors: 1, sessions: 1 },
      { path: '/c', views: 1, visitors: 1, sessions: 1 },
    ]);
    expect(matching).toEqual({ paths: 3, views: 5 });
  });

  it('list only paths that begin as asked, and leave the total whole', async () => {
    const { paths, matching, total } = await views(
      MONDAY,
      WEDNESDAY,
      `&pathPrefix=${encodeURIComponent('/a')}&limit=1`,
    );

    expect(paths.map(({ path }) => path)).toEqual(['/a']);
    expect(matching).toEqual({ paths: 2, views: 4 });
    expect(total.views).toBe(5);
  });

  it('show nobody what is personal in a path', async () => {
    const { paths, total } = await views(FRIDAY, FRIDAY);

    expect(total.views).toBe(1);
    expect(paths).toEqual([{ path: '/recover/[masked]', views: 1, visitors: 1, sessions: 1 }]);
  });

  it('take a prefix as it stands', async () => {
    const { matching } = await views(MONDAY, WEDNESDAY, `&pathPrefix=${encodeURIComponent('%')}`);

    expect(matching).toEqual({ paths: 0, views: 0 });
  });

  it('say what they are about', async () => {
    const { range, filters, asOf, newestReceivedAt } = await views(MONDAY, WEDNESDAY);

    expect(range).toEqual({
      from: MONDAY,
      to: WEDNESDAY,
      timeZone: 'UTC',
      isLastDayIncomplete: false,
    });
    expect(filters).toEqual({ pathPrefix: null });
    expect(Date.parse(asOf)).toBeGreaterThanOrEqual(Date.parse(newestReceivedAt!));
  });

  it.each([
    'cockpit/creation-flow',
    'cockpit/purchase-flow',
    'cockpit/steps',
    'tracking/page-views',
  ])('answer %s where nothing happened', async (path) => {
    const { newestReceivedAt } = await asked<CockpitFlow>(`${path}?from=2020-01-01&to=2020-01-02`);

    expect(newestReceivedAt).toBeNull();
  });

  it.each([
    ['cockpit/creation-flow?flow=file', 'flow'],
    ['cockpit/creation-flow?limit=0', 'limit'],
    ['cockpit/purchase-flow?limit=101', 'limit'],
    ['cockpit/steps?cockpit=seller', 'cockpit'],
    ['tracking/page-views?limit=many', 'limit'],
    ['tracking/page-views?from=2025-05-07&to=2025-05-06', 'from'],
    ['tracking/page-views?prefix=a', 'prefix'],
  ])('refuse %s', async (question, field) => {
    const { status, type, body } = await ask(question);

    expect({ status, type }).toEqual({ status: 400, type: 'application/problem+json' });
    expect((body as { breaches: { field: string }[] }).breaches[0]?.field).toBe(field);
  });

  it('are for whoever may read dashboards', async () => {
    const path = '/dashboards/tracking/page-views';
    const reader = await footfall.makeKey(['dashboards:read']);
    const other = await footfall.makeKey(['events:read']);

    const statuses = [
      (await footfall.get(path)).status,
      (await footfall.get(path).set('x-api-key', other.key)).status,
      (await footfall.get(path).set('x-api-key', reader.key)).status,
    ];

    expect(statuses).toEqual([401, 403, 200]);
  });
});
