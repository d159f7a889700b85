import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import { aUserToken, TOKEN_SECRET } from '../support/analytics-event.js';
import { startBrowser } from '../support/browser.js';
import { type ClientPage, startClientPage } from '../support/client-page.js';
import { TestFootfall } from '../support/footfall.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { TrackerPage } from '../support/tracker-page.js';
import { until } from '../support/until.js';

jest.setTimeout(90_000);

const TRACKING = '/events/tracking';
const ANALYTICS = '/events/analytics';

type Row = Readonly<Record<string, unknown>>;

describeWith(hasProgram('chromium'), 'there is no chromium')('a tracker', () => {
  let footfall: TestFootfall;
  let browser: Browser;
  let site: ClientPage;
  let context: BrowserContext;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start({ JWT_SECRET: TOKEN_SECRET })).ready();
    browser = await startBrowser();
    site = await startClientPage('./index.js');
  });
  beforeEach(async () => {
    context = await browser.newContext();
  });
  afterEach(() => context.close());
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await footfall?.stop();
  });

  const creation = (options = '{}'): string =>
    `var dropped = [];
     var onDropped = (event, reason) => dropped.push(reason);
     var tracker = client.createTracker(
       Object.assign({ endpoint: '${footfall.url}', onDropped }, ${options}));`;

  /** A page that has made a tracker, with options as the page's script would write them. */
  const open = async (options?: string, path = ''): Promise<TrackerPage> => {
    const page = await TrackerPage.open(context, site.url + path);
    await page.run(creation(options));
    return page;
  };

  const sessionOf = (page: TrackerPage): Promise<string> => page.run<string>('tracker.sessionId');

  const rowsOf = async (page: TrackerPage, sql: string, count: number): Promise<Row[]> => {
    const session = await sessionOf(page);
    const rows = (): Promise<Row[]> => footfall.query<Row>(sql, [session]);
    await until(`${count} rows`, async () => (await rows()).length === count);
    return rows();
  };

  const tracked = async (page: TrackerPage, count: number): Promise<Row[]> => {
    const sql = 'SELECT * FROM tracking_events WHERE session_id = $1';
    return page.inOrder(await rowsOf(page, sql, count));
  };

  const analysed = (page: TrackerPage, count: number): Promise<Row[]> => {
    const sql = `SELECT * FROM events LEFT JOIN attribution ON event_id = id
      WHERE session_id = $1 ORDER BY idempotency_key`;
    return rowsOf(page, sql, count);
  };

  it('has a page view stored with who and where it was', async () => {
    const page = await open('{}', 'products/green-tea?size=2#top');

    await page.run(`tracker.pageView()`);
    const [row] = await tracked(page, 1);

    const session = await sessionOf(page);
    expect(row).toMatchObject({
      event_type: 'PAGEVIEW',
      session_id: session,
      track_id: session,
      user_id: null,
      url: `${site.url}products/green-tea?size=2#top`,
      path: '/products/green-tea',
    });
  });

  it('names the user from when it is told to when it is told otherwise', async () => {
    const page = await open(`{ userId: 'user-1' }`);

    await page.run(
      `tracker.pageView(); tracker.set({ userId: 'user-2' }); tracker.pageView();
       tracker.set({ userId: undefined }); tracker.pageView();`,
    );
    const rows = await tracked(page, 3);

    const session = await sessionOf(page);
    expect(rows.map((row) => [row['user_id'], row['track_id']])).toEqual([
      ['user-1', 'user-1'],
      ['user-2', 'user-2'],
      [null, session],
    ]);
  });

  it('has every event of the cockpits stored', async () => {
    const page = await open();

    await page.run(
      `const seller = { flow: 'FILE', step: 'details', cockpitSessionId: 'cockpit-1' };
       const buyer = { flow: 'EVENT', step: 'payment', productSlug: 'green-tea' };
       for (const what of ['LAUNCH', 'STEP', 'ENRICH_INFORMATION']) {
         tracker.cockpit('COCKPIT_CREATE_' + what, seller);
       }
       for (const what of ['SUCCESS', 'DOWNLOAD']) {
         tracker.cockpit('COCKPIT_CREATE_' + what, { ...seller, productSlug: 'green-tea' });
       }
       for (const what of ['LAUNCH', 'STEP', 'PAYMENT', 'PURCHASE', 'DOWNLOAD']) {
         tracker.cockpit('COCKPIT_BUY_' + what, buyer);
       }`,
    );
    const rows = await tracked(page, 10);

    const told = rows.map((row) => [
      row['event_type'],
      row['flow'],
      row['step'],
      row['cockpit_sessino_id'],
      row['product_slug'],
    ]);
    expect(told).toEqual([
      ['COCKPIT_CREATE_LAUNCH', 'FILE', 'details', 'cockpit-1', null],
      ['COCKPIT_CREATE_STEP', 'FILE', 'details', 'cockpit-1', null],
      ['COCKPIT_CREATE_ENRICH_INFORMATION', 'FILE', 'details', 'cockpit-1', null],
      ['COCKPIT_CREATE_SUCCESS', 'FILE', 'details', 'cockpit-1', 'green-tea'],
      ['COCKPIT_CREATE_DOWNLOAD', 'FILE', 'details', 'cockpit-1', 'green-tea'],
      ['COCKPIT_BUY_LAUNCH', 'EVENT', 'payment', null, 'green-tea'],
      ['COCKPIT_BUY_STEP', 'EVENT', 'payment', null, 'green-tea'],
      ['COCKPIT_BUY_PAYMENT', 'EVENT', 'payment', null, 'green-tea'],
      ['COCKPIT_BUY_PURCHASE', 'EVENT', 'payment', null, 'green-tea'],
      ['COCKPIT_BUY_DOWNLOAD', 'EVENT', 'payment', null, 'green-tea'],
    ]);
  });

  it('has analytics stored with what brought the visitor to the first page', async () => {
    const page = await TrackerPage.open(context, site.url.replace('127.0.0.1', 'localhost'));
    await page.run(`location.href = '${site.url}gallery?utm_source=google&utm_campaign=a%20b#x'`);
    await page.page.waitForURL('**/gallery**');

    await page.run(creation());
    await page.run(
      `history.pushState(null, '', '/assets/1');
       tracker.event(client.EVENT_TYPES.ASSET_VIEWED, {
         entityType: 'asset', entityId: 'asset-1', props: { assetTitle: 'Morning' } })`,
    );
    await page.page.goto(`${site.url}other?utm_source=newsletter`);
    await page.run(creation());
    await page.run(`tracker.event('wallpaper_hung')`);
    const rows = await analysed(page, 2);

    const brought = {
      utm_source: 'google',
      utm_campaign: 'a b',
      utm_medium: null,
      referrer: site.url.replace('127.0.0.1', 'localhost'),
      landing_page: `${site.url}gallery?utm_source=google&utm_campaign=a%20b`,
      browser: expect.stringMatching(/Chrom/),
    };
    expect(rows[0]).toMatchObject({
      ...brought,
      event_type: 'asset_viewed',
      entity_id: 'asset-1',
      source: 'web',
      props_json: { assetTitle: 'Morning' },
    });
    expect(rows[1]).toMatchObject({ ...brought, event_type: 'wallpaper_hung' });
  });

  it('never says what brought the visitor in tracking', async () => {
    const page = await open('{}', '?utm_source=google');

    await page.run(`history.replaceState(null, '', '/clean'); tracker.pageView()`);
    const [event] = await page.postedTo(TRACKING, 1);

    expect(JSON.stringify(event)).not.toMatch(/google|referrer|utm_|utm[A-Z]|landing/);
  });

  it('has an analytics event whose answer is lost stored once', async () => {
    const page = await open();
    // Footfall keeps it, but the page never hears of it.
    await context.route(
      `${footfall.url}${ANALYTICS}`,
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );

    await page.run(`tracker.event('asset_viewed', { entityType: 'asset', entityId: 'a' })`);
    const sent = await page.postedTo(ANALYTICS, 2);

    expect(sent[1]).toEqual(sent[0]);
    expect(sent[0]).toMatchObject({
      idempotencyKey: expect.any(String),
      occurredAt: expect.any(String),
    });
    await page.run(`tracker.flush()`);
    expect(await analysed(page, 1)).toHaveLength(1);
  });

  it('speaks for the user whose token it is given', async () => {
    const token = await aUserToken({ sub: 'user-7' });
    const page = await open(`{ token: () => '${token}' }`);

    await page.run(`tracker.event('asset_viewed'); tracker.event('cta_clicked')`);
    const rows = await analysed(page, 2);

    expect(rows.map((row) => row['actor_id'])).toEqual(['user-7', 'user-7']);
  });

  it.each(['undefined', `() => { throw new Error('no') }`])(
    'speaks for nobody where its token is %s',
    async (token) => {
      const page = await open(`{ token: ${token} }`);

      await page.run(`tracker.event('asset_viewed')`);
      const rows = await analysed(page, 1);

      expect(rows[0]!['actor_id']).toBeNull();
    },
  );

  it.each([
    ['Do Not Track', 'doNotTrack', `'1'`],
    ['Global Privacy Control', 'globalPrivacyControl', 'true'],
  ])('sends no analytics where the browser asks so by %s', async (_name, property, value) => {
    await context.addInitScript(
      `Object.defineProperty(navigator, '${property}', { get: () => ${value} })`,
    );
    const page = await open('{}', '?utm_source=google');

    await page.run(`tracker.event('asset_viewed'); tracker.flush()`);
    await page.run(`tracker.pageView(); tracker.flush()`);
    await tracked(page, 1);

    expect(page.posted.map(({ door }) => door)).toEqual([TRACKING]);
    expect(await page.run('JSON.stringify(sessionStorage)')).not.toContain('google');
  });

  it('sends more analytics than one request takes', async () => {
    const page = await open();

    await page.run(
      `for (let i = 0; i < 60; i++) tracker.event('button_clicked', { props: { i } })`,
    );

    expect(await analysed(page, 60)).toHaveLength(60);
  });

  it('makes, stores and sends nothing before it is enabled', async () => {
    const page = await open('{ enabled: false, pageViews: true }', '?utm_source=google');

    await page.run(`tracker.pageView(); tracker.event('asset_viewed'); tracker.flush()`);
    const before = await page.run<unknown>('[sessionStorage.length, tracker.sessionId]');
    await page.run(`tracker.set({ enabled: true })`);
    await tracked(page, 1);

    expect(before).toEqual([0, undefined]);
    expect(page.posted.map(({ door }) => door)).toEqual([TRACKING]);
  });

  it('throws at nothing that it is given, and tells what it drops', async () => {
    const page = await open();

    await page.run(
      `const circular = {}; circular.self = circular;
       tracker.event('asset_viewed', { props: circular });
       tracker.event('asset_viewed', { props: { big: 1n } });
       tracker.event('asset_viewed', { get props() { throw new Error('no') } });
       tracker.event(Symbol('no'), null);
       tracker.cockpit('COCKPIT_BUY_STEP', { get flow() { throw new Error('no') } });
       tracker.cockpit();
       tracker.set({ get userId() { throw new Error('no') } });
       tracker.pageView();`,
    );
    await tracked(page, 1);
    await until('all are told', async () => (await page.run<string[]>('dropped')).length === 6);

    const reasons = await page.run<string[]>('dropped.sort()');
    expect(reasons).toEqual(['rejected', 'rejected', ...Array<string>(4).fill('unserializable')]);
  });
});
