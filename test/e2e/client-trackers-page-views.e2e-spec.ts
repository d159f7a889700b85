import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { type ClientPage, startClientPage } from '../support/client-page.js';
import { TestFootfall } from '../support/footfall.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { TrackerPage } from '../support/tracker-page.js';
import { until } from '../support/until.js';

jest.setTimeout(90_000);

describeWith(hasProgram('chromium'), 'there is no chromium')('automatic page views', () => {
  let footfall: TestFootfall;
  let browser: Browser;
  let site: ClientPage;
  let context: BrowserContext;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
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

  const creation = (pageViews: string): string =>
    `client.createTracker({ endpoint: '${footfall.url}', pageViews: ${pageViews} })`;

  const open = async (pageViews = 'true'): Promise<TrackerPage> => {
    const page = await TrackerPage.open(context, `${site.url}home`);
    await page.run(`var tracker = ${creation(pageViews)}`);
    return page;
  };

  /**
   * The paths of the page views that are stored, once the last of them is a mark that the test
   * itself sets: what was viewed before has then been sent, or never will be.
   */
  const viewsOf = async (page: TrackerPage): Promise<unknown[]> => {
    await page.run(
      `marker = client.createTracker({ endpoint: '${footfall.url}', sessionId: tracker.sessionId });
       history.replaceState(null, '', '/mark'); tracker.close(); marker.pageView(); marker.flush()`,
    );
    const session = await page.run<string>('tracker.sessionId');
    const sql = `SELECT path FROM tracking_events WHERE session_id = $1
      ORDER BY event_timestamp, event_id`;
    const paths = async (): Promise<string[]> =>
      (await footfall.query<{ path: string }>(sql, [session])).map(({ path }) => path);
    await until('all are stored', async () => {
      const stored = await paths();
      return stored.includes('/mark') && stored.length === page.posted.length;
    });
    return (await paths()).filter((path) => path !== '/mark');
  };

  it('are the page itself and each address that the history takes it to', async () => {
    const page = await open();

    await page.run(`history.pushState(null, '', '/a')`);
    await page.run(`history.replaceState(null, '', '/b?q=1')`);
    await page.run(`history.pushState(null, '', '/c')`);
    await page.page.goBack();

    expect(await viewsOf(page)).toEqual(['/home', '/a', '/b', '/c', '/b']);
  });

  it('are none where the address stays the same', async () => {
    const page = await open();

    await page.run(`history.replaceState({ scroll: 3 }, '')`);
    await page.run(`history.pushState(null, '', '/home')`);
    await page.run(`location.hash = 'reviews'`);

    expect(await viewsOf(page)).toEqual(['/home']);
  });

  it('are what follows the hash sign too where that is asked', async () => {
    const page = await open(`'hash'`);

    await page.run(`location.hash = '/cart'`);
    await page.page.waitForFunction('location.hash === "#/cart"');

    expect(await viewsOf(page)).toEqual(['/home', '/home']);
  });

  it('are one where a page redirects at once', async () => {
    const page = await open();

    await page.run(
      `history.pushState(null, '', '/account'); history.replaceState(null, '', '/login')`,
    );

    expect(await viewsOf(page)).toEqual(['/home', '/login']);
  });

  it('are one more where the page comes back from the back/forward cache', async () => {
    const page = await open();

    await page.run(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);
    await page.run(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }))`);

    expect(await viewsOf(page)).toEqual(['/home', '/home']);
  });

  it('are not doubled by a second tracker, nor ended with the first', async () => {
    const page = await open();

    await page.run(`var second = tracker; tracker = ${creation('true')}`);
    await page.run(`history.pushState(null, '', '/a')`);
    await page.run(`second.close()`);
    await page.run(`history.pushState(null, '', '/b')`);

    expect(await viewsOf(page)).toEqual(['/home', '/a', '/b']);
  });

  it('are not doubled by the double effects of React’s strict mode', async () => {
    const page = await TrackerPage.open(context, `${site.url}home`);

    await page.run(
      `var tracker = ${creation('true')}; tracker.close(); tracker = ${creation('true')};`,
    );
    await page.run(`history.pushState(null, '', '/a')`);

    expect(await viewsOf(page)).toEqual(['/home', '/a']);
  });

  it('are not repeated by a tracker that takes the place of a closed one', async () => {
    const page = await open();

    await page.run(`tracker.close()`);
    await page.run(`tracker = ${creation('true')}`);

    expect(await viewsOf(page)).toEqual(['/home']);
  });

  it('are told anew to a tracker that was away while the page was turned', async () => {
    const page = await open();

    await page.run(`tracker.close()`);
    await page.run(`history.pushState(null, '', '/unseen')`);
    await page.page.goBack();
    await page.run(`tracker = ${creation('true')}`);

    expect(await viewsOf(page)).toEqual(['/home', '/home']);
  });

  it('end when the tracker is closed, and leave the history as it was', async () => {
    const page = await TrackerPage.open(context, `${site.url}home`);

    const isAsItWas = await page.run<boolean>(
      `var { pushState, replaceState } = history;
       var tracker = ${creation('true')};
       var isWatched = history.pushState !== pushState;
       tracker.close(); tracker.close();
       isWatched && history.pushState === pushState && history.replaceState === replaceState`,
    );
    await page.run(`history.pushState(null, '', '/a')`);

    expect(isAsItWas).toBe(true);
    expect(await viewsOf(page)).toEqual([]);
  });

  it('end also where somebody else has wrapped the history meanwhile', async () => {
    const page = await open();

    await page.run(
      `var seen = [];
       var ours = history.pushState;
       history.pushState = function (...args) { seen.push(args[2]); return ours.apply(this, args); };
       tracker.close()`,
    );
    await page.run(`history.pushState(null, '', '/a')`);

    expect(await page.run('seen')).toEqual(['/a']);
    expect(await viewsOf(page)).toEqual(['/home']);
  });

  it('begin when a page that was prerendered is shown', async () => {
    await context.addInitScript(
      `Object.defineProperty(document, 'prerendering', { value: true, configurable: true })`,
    );
    const page = await open();

    await page.run(`history.replaceState(null, '', '/prepared')`);
    await page.run(
      `Object.defineProperty(document, 'prerendering', { value: false });
       document.dispatchEvent(new Event('prerenderingchange'))`,
    );

    expect(await viewsOf(page)).toEqual(['/prepared']);
  });

  it('pause while the tracker is not enabled', async () => {
    const page = await open();

    await page.run(`tracker.set({ enabled: false })`);
    await page.run(`history.pushState(null, '', '/secret')`);
    await page.run(`history.pushState(null, '', '/back')`);
    await page.run(`tracker.set({ enabled: true })`);

    expect(await viewsOf(page)).toEqual(['/home', '/back']);
  });
});
