import type { Server } from 'node:http';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startBrowser, startShop } from '../support/browser.js';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { TestFootfall } from '../support/footfall.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { until } from '../support/until.js';

/** What runs in the page, where this is all that it needs of the browser. */
declare const addEventListener: (type: 'pagehide', listener: () => void) => void;
declare const navigator: { sendBeacon(url: string, body: Blob): boolean };

jest.setTimeout(60_000);

describeWith(hasProgram('chromium'), 'there is no chromium')('a real browser', () => {
  let footfall: TestFootfall;
  let browser: Browser;
  let shop: { readonly url: string; readonly server: Server };

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-1');
    browser = await startBrowser();
    shop = await startShop();
  });
  afterAll(async () => {
    await browser?.close();
    shop?.server.close();
    await footfall?.stop();
  });

  const stored = async (eventId: string): Promise<boolean> => {
    const rows = await footfall.query('SELECT 1 FROM checkout_events WHERE event_id = $1', [
      eventId,
    ]);
    return rows.length === 1;
  };

  /** In the page of a shop on another origin. */
  const inTheShop = async <Result>(work: (page: Page) => Promise<Result>): Promise<Result> => {
    const page = await browser.newPage();
    await page.goto(shop.url);
    try {
      return await work(page);
    } finally {
      await page.close();
    }
  };

  it('gets an event through by fetch from another origin', async () => {
    const event = aCheckoutEvent({ eventId: 'by-fetch' });

    const status = await inTheShop((page) =>
      page.evaluate(
        async ([url, body]) => {
          const headers = { 'content-type': 'application/json' };
          return (await fetch(url, { method: 'POST', headers, body })).status;
        },
        [`${footfall.url}/events/checkout`, JSON.stringify(event)] as const,
      ),
    );

    expect(status).toBe(204);
    await until('it is stored', () => stored('by-fetch'));
  });

  it('gets a beacon with a JSON blob through while the page is closed', async () => {
    const event = aCheckoutEvent({ eventId: 'by-beacon' });

    await inTheShop(async (page) => {
      await page.evaluate(
        ([url, body]) => {
          addEventListener('pagehide', () =>
            navigator.sendBeacon(url, new Blob([body], { type: 'application/json' })),
          );
        },
        [`${footfall.url}/events/checkout`, JSON.stringify(event)] as const,
      );
      await page.goto('about:blank');
      await until('the beacon has arrived', () => stored('by-beacon'));
    });

    expect(await stored('by-beacon')).toBe(true);
  });
});
