import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { type ClientPage, startClientPage } from '../support/client-page.js';
import { makeDataDir } from '../support/data-dir.js';
import { openDatabase, type TestDatabase } from '../support/event-writer.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { createDatabase } from '../support/postgres.mjs';
import { FootfallProcess } from '../support/process.js';
import { openSender } from '../support/sender-page.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

const WITHIN_MS = 90_000;

/** What runs in the page, where this is all that it needs of the browser. */
interface InPage {
  sender: { send(event: object): void };
}

describeWith(hasProgram('chromium'), 'there is no chromium')('a page whose server dies', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;
  let browser: Browser;
  let shop: ClientPage;
  let footfall: FootfallProcess;
  let dataDir: string;

  beforeAll(async () => {
    scratch = await createDatabase();
    dataDir = await makeDataDir();
    footfall = await start();
    await footfall.ready();
    database = await openDatabase(scratch.url);
    const offer = { productId: 'product-1', producerId: 'producer-1' };
    await footfall.asAdmin('PUT', '/offers/offer-1', offer);
    browser = await startBrowser();
    shop = await startClientPage('./sender.js', './durable-queue.js');
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.stop();
    await database?.close();
    await footfall?.stop();
    await rm(dataDir, { recursive: true, force: true });
    await scratch?.drop();
  });

  const start = (port?: number): Promise<FootfallProcess> =>
    FootfallProcess.start({
      settings: { DATABASE_URL: scratch.url },
      dataDir,
      ...(port === undefined ? {} : { port }),
    });

  const rows = async (): Promise<{ event_id: string }[]> =>
    database.query('SELECT event_id FROM checkout_events');

  it.each([
    ['the durable queue', {}],
    ['memory alone', null],
  ])('loses nothing and sends nothing twice into the database, by %s', async (name, durable) => {
    const door = `${footfall.url}/events/checkout`;
    const page = await openSender(await browser.newContext(), shop.url, { door, durable });
    await database.query('TRUNCATE checkout_events');
    const event = aCheckoutEvent({ timestamp: Date.now() });
    // One every few milliseconds, so that the server dies in the middle of requests.
    await page.page.evaluate(
      ([each, prefix]) => {
        const { sender } = globalThis as unknown as InPage;
        let count = 0;
        const timer = setInterval(() => {
          sender.send({ ...each, eventId: `${prefix}-${count++}` });
          if (count === 400) clearInterval(timer);
        }, 5);
      },
      [event, name] as const,
    );

    await until('it is in the middle of it', async () => (await rows()).length >= 50);
    await footfall.kill9();
    const arrivedBefore = (await rows()).length;
    footfall = await start(footfall.port);
    await until('all are there', async () => (await rows()).length >= 400, WITHIN_MS);
    await page.flush();

    expect(arrivedBefore).toBeLessThan(400);
    expect(new Set((await rows()).map((row) => row.event_id)).size).toBe(400);
    expect(await rows()).toHaveLength(400);
    expect(await page.dropped()).toEqual([]);
    expect(await page.stored()).toBe(0);
    await page.page.context().close();
  });
});
