import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { CHECKOUT_EVENT_NAMES } from '#libs/contracts';
import type { Browser, BrowserContext } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { type ClientPage, startClientPage } from '../support/client-page.js';
import { TestFootfall } from '../support/footfall.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { TrackerPage } from '../support/tracker-page.js';
import { until } from '../support/until.js';

jest.setTimeout(90_000);

const DOOR = '/events/checkout';
const STORED = `SELECT event_id, event_name, event_description, session_id, offer_id, product_id,
  producer_id, checkout_type, checkout_mode, step, email, phone, payment_method,
  (extract(epoch FROM event_timestamp) * 1000)::float8 AS at, execution_environment, full_hostname, root_domain
  FROM checkout_events WHERE session_id = $1`;

type Row = Readonly<Record<string, unknown>>;

describeWith(hasProgram('chromium'), 'there is no chromium')('a checkout tracker', () => {
  let footfall: TestFootfall;
  let browser: Browser;
  let shop: ClientPage;
  let context: BrowserContext;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-1', 'product-1', 'producer-1');
    await footfall.offer('offer-2', 'product-2', 'producer-2');
    browser = await startBrowser('--host-resolver-rules=MAP *.br 127.0.0.1');
    shop = await startClientPage('./index.js');
  });
  beforeEach(async () => {
    context = await browser.newContext();
  });
  afterEach(() => context.close());
  afterAll(async () => {
    await browser?.close();
    await shop?.stop();
    await footfall?.stop();
  });

  const creation = (options = '{}', endpoint = footfall.url): string =>
    `var dropped = [];
     var onDropped = (event, reason) => dropped.push(reason);
     var tracker = client.createCheckoutTracker(
       Object.assign({ endpoint: '${endpoint}', offerId: 'offer-1', onDropped }, ${options}));`;

  /** A page that has made a tracker, with options as the page's script would write them. */
  const open = async (options?: string, url = shop.url): Promise<TrackerPage> => {
    const page = await TrackerPage.open(context, url);
    await page.run(creation(options));
    return page;
  };

  const sessionOf = (page: TrackerPage): Promise<string> => page.run<string>('tracker.sessionId');

  const rowsOf = async (
    page: TrackerPage,
    count: number,
    session?: string,
  ): Promise<readonly Row[]> => {
    const sessionId = session ?? (await sessionOf(page));
    const rows = (): Promise<Row[]> => footfall.query<Row>(STORED, [sessionId]);
    await until(`${count} rows`, async () => (await rows()).length === count);
    return page.inOrder(await rows());
  };

  it('has each of the 26 events stored as it is told', async () => {
    const page = await open(`{ checkoutType: '3steps', email: 'Buyer@Example.com', phone: '1' }`);
    const before = Date.now();

    await page.run(
      `for (const name of ${JSON.stringify(CHECKOUT_EVENT_NAMES)}) {
         tracker.track(name, { step: 'payment', paymentMethod: 'pix' });
       }`,
    );
    const rows = await rowsOf(page, 26);

    const texts = await page.run<Record<string, string>>('client.CHECKOUT_EVENT_DESCRIPTIONS');
    expect(rows.map((row) => row['event_name'])).toEqual(CHECKOUT_EVENT_NAMES);
    for (const row of rows) {
      expect(row).toEqual({
        event_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/),
        event_name: row['event_name'],
        event_description: texts[row['event_name'] as string],
        session_id: await sessionOf(page),
        offer_id: 'offer-1',
        product_id: 'product-1',
        producer_id: 'producer-1',
        checkout_type: '3steps',
        checkout_mode: 'development',
        step: 'payment',
        email: 'buyer@example.com',
        phone: '1',
        payment_method: 'pix',
        at: expect.any(Number),
        execution_environment: 'development',
        full_hostname: '127.0.0.1',
        root_domain: '127.0.0.1',
      });
      const at = row['at'];
      expect(at).toBeGreaterThanOrEqual(before);
      expect(at).toBeLessThanOrEqual(Date.now());
    }
  });

  it.each([
    ['checkout.b4you.com.br', 'embedded', 'production'],
    ['checkout.b4you-sandbox.com.br', 'sandbox', 'sandbox'],
    ['loja.example.br', 'transparent', 'production'],
  ])('tells by the host %s that its mode is %s', async (host, mode, environment) => {
    const url = new URL(shop.url);
    url.hostname = host;
    const page = await open(
      `{ rootDomain: (host) => host.split('.').slice(1).join('.') }`,
      url.href,
    );

    await page.run(`tracker.track('checkout_page_view')`);
    const [row] = await rowsOf(page, 1);

    expect(row).toMatchObject({
      checkout_mode: mode,
      execution_environment: environment,
      full_hostname: host,
      root_domain: host.slice(host.indexOf('.') + 1),
    });
  });

  it('says what it was told later, and no more what was taken away', async () => {
    const page = await open();

    await page.run(
      `tracker.track('checkout_identification_started');
       tracker.set({ email: 'a@example.com', phone: '2', offerId: 'offer-2' });
       tracker.track('checkout_identification_filled');
       tracker.track('checkout_coupon_applied', { email: 'b@example.com' });
       tracker.set({ email: undefined });
       tracker.track('checkout_identification_completed');`,
    );
    const rows = await rowsOf(page, 4);

    const emails = rows.map((row) => row['email']);
    expect(emails).toEqual([null, 'a@example.com', 'b@example.com', null]);
    expect(rows.map((row) => row['product_id'])).toEqual([
      'product-1',
      'product-2',
      'product-2',
      'product-2',
    ]);
  });

  it('leaves out what is empty and what is not its to say', async () => {
    const page = await open();

    await page.run(
      `tracker.track('checkout_submit_clicked', {
         step: '', paymentMethod: '', email: null, productId: 'p', producerId: 'q',
         eventId: 'mine', eventDescription: 'mine' });
       tracker.track('checkout_page_view', null);`,
    );
    const [row] = await rowsOf(page, 2);

    expect(row).toMatchObject({
      event_description: 'Submit clicked',
      product_id: 'product-1',
      producer_id: 'producer-1',
      step: null,
      payment_method: null,
      email: null,
    });
    expect(row!['event_id']).not.toBe('mine');
  });

  it('never says what brought the buyer', async () => {
    const page = await open('{}', `${shop.url}?utm_source=google&gclid=1`);

    await page.run(`tracker.track('checkout_page_view')`);
    const [event] = await page.postedTo(DOOR, 1);

    expect(JSON.stringify(event)).not.toMatch(/google|gclid|referrer|utm_|utm[A-Z]/);
  });

  it('keeps its session while the tab is reloaded, and has another in another tab', async () => {
    const page = await open();
    const first = await sessionOf(page);

    await page.page.reload();
    await page.run(creation());
    const other = await open();

    expect(await sessionOf(page)).toBe(first);
    expect(await sessionOf(other)).not.toBe(first);
  });

  it('keeps one session in memory where storage is forbidden', async () => {
    await context.addInitScript(`
      for (const name of ['sessionStorage', 'localStorage']) {
        Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } });
      }`);
    const page = await open('{ queue: client.durableQueue() }');

    await page.run(`tracker.track('checkout_page_view');`);
    await page.run(creation());
    await page.run(`tracker.track('checkout_session_started');`);

    expect(await rowsOf(page, 2)).toHaveLength(2);
  });

  it('takes the session that it is given', async () => {
    const page = await open(`{ sessionId: 'given-1' }`);

    await page.run(`tracker.track('checkout_page_view')`);

    expect(await rowsOf(page, 1, 'given-1')).toHaveLength(1);
  });

  it('takes an endpoint with a slash at its end', async () => {
    const page = await TrackerPage.open(context, shop.url);

    await page.run(creation('{}', `${footfall.url}/`));
    await page.run(`tracker.track('checkout_page_view')`);

    expect(await rowsOf(page, 1)).toHaveLength(1);
  });

  it('sends nothing where there is no endpoint', async () => {
    const page = await open('{ endpoint: undefined }');

    await page.run(`tracker.track('checkout_page_view'); tracker.flush()`);

    expect(page.posted).toEqual([]);
  });

  it('makes, stores and sends nothing before it is enabled', async () => {
    const page = await open('{ enabled: false, queue: client.durableQueue() }');

    await page.run(`tracker.track('checkout_page_view'); tracker.flush()`);
    const before = await page.run<unknown>(
      '[sessionStorage.length, localStorage.length, tracker.sessionId]',
    );
    await page.run(
      `tracker.set({ enabled: true }); tracker.track('checkout_session_started'); tracker.flush()`,
    );
    const rows = await rowsOf(page, 1);

    expect(before).toEqual([0, 0, undefined]);
    expect(rows[0]!['event_name']).toBe('checkout_session_started');
  });

  it('throws at nothing that it is given, and tells what it drops', async () => {
    const page = await open();

    await page.run(
      `const throws = { get step() { throw new Error('no') } };
       tracker.track('checkout_step_viewed', throws);
       tracker.track('checkout_page_view', { email: 1n });
       tracker.track(Symbol('no'));
       tracker.track();
       tracker.set({ get email() { throw new Error('no') } });
       tracker.set(null);
       tracker.track('checkout_page_view');`,
    );
    // The event without a name is the server's to refuse; the last one is none the worse for it.
    await rowsOf(page, 1);
    await until('all are told', async () => (await page.run<string[]>('dropped')).length === 4);

    const reasons = await page.run<string[]>('dropped.sort()');
    expect(reasons).toEqual(['rejected', 'unserializable', 'unserializable', 'unserializable']);
  });

  it('keeps a conversion where storage has no room for all that is later', async () => {
    await context.route(`${footfall.url}/**`, (route) => route.abort());
    const page = await open(`{ queue: client.durableQueue({ maxEvents: 1 }) }`);

    await page.run(
      `tracker.track('checkout_conversion_success', { paymentMethod: 'pix' });
       for (const now = Date.now(); Date.now() === now; );
       for (let i = 0; i < 3; i++) tracker.track('checkout_page_view');`,
    );
    await page.page.waitForFunction(`JSON.stringify(localStorage).includes('eventName')`);

    const stored = await page.run<string[]>(
      `Object.values(localStorage).flatMap((text) => text.match(/checkout_\\w+/) ?? [])`,
    );
    expect(stored).toEqual(['checkout_conversion_success']);
  });

  it('takes less than a millisecond of the page for an event', async () => {
    const page = await open('{ queue: client.durableQueue() }');

    const tookMs = await page.run<number>(
      `const began = performance.now();
       for (let i = 0; i < 500; i++) tracker.track('checkout_page_view', { step: 'payment' });
       (performance.now() - began) / 500`,
    );

    expect(tookMs).toBeLessThan(1);
  });
});
