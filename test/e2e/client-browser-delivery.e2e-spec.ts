import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { type ClientPage, startClientPage } from '../support/client-page.js';
import { TestFootfall } from '../support/footfall.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { openSender, type SenderPage } from '../support/sender-page.js';
import { until } from '../support/until.js';

jest.setTimeout(90_000);

const WITHIN_MS = 45_000;

/** What runs in the page, where this is all that it needs of the browser. */
interface InPage {
  sender: { send(event: object): void };
  gaps: number[];
}
declare const localStorage: { setItem(key: string, value: string): void };

describeWith(hasProgram('chromium'), 'there is no chromium')('events of a page', () => {
  let footfall: TestFootfall;
  let browser: Browser;
  let shop: ClientPage;
  let context: BrowserContext;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-1');
    browser = await startBrowser();
    shop = await startClientPage('./sender.js', './durable-queue.js');
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

  const open = (options: object = {}): Promise<SenderPage> =>
    openSender(context, shop.url, { door: `${footfall.url}/events/checkout`, ...options });

  /** Valid events of a session of their own, by which they are found again. */
  const eventsOf = (sessionId: string, count: number): object[] =>
    Array.from({ length: count }, (_, i) =>
      aCheckoutEvent({ sessionId, eventId: `${sessionId}-${i}`, timestamp: Date.now() }),
    );

  const rowsOf = async (sessionId: string): Promise<number> => {
    const sql = 'SELECT count(*)::int AS count FROM checkout_events WHERE session_id = $1';
    return (await footfall.query<{ count: number }>(sql, [sessionId]))[0]!.count;
  };

  /** How many are in the database, once there are `count`. */
  const stored = async (sessionId: string, count: number): Promise<number> => {
    await until(`${count} rows`, async () => (await rowsOf(sessionId)) >= count, WITHIN_MS);
    return rowsOf(sessionId);
  };

  /** How often each event was given to the network, whatever became of it. */
  const countTries = (): Map<string, number> => {
    const tries = new Map<string, number>();
    context.on('request', (request) => {
      if (request.method() !== 'POST') return;
      for (const { eventId } of [JSON.parse(request.postData()!) as { eventId: string }].flat()) {
        tries.set(eventId, (tries.get(eventId) ?? 0) + 1);
      }
    });
    return tries;
  };

  it('arrive, and leave nothing in storage', async () => {
    const page = await open();

    await page.send(...eventsOf('arrive', 20));
    expect(await stored('arrive', 20)).toBe(20);
    await page.flush();

    expect(await page.stored()).toBe(0);
    expect(await page.dropped()).toEqual([]);
  });

  it('are sent once each', async () => {
    const tries = countTries();
    const page = await open();

    await page.send(...eventsOf('once', 250));
    expect(await stored('once', 250)).toBe(250);
    await page.flush();

    expect(new Set(tries.values())).toEqual(new Set([1]));
  });

  it.each([true, false])(
    'arrive when the page is closed at once (durable: %s)',
    async (durable) => {
      const page = await open({ durable: durable ? {} : null });

      await page.send(...eventsOf(`closed-${durable}`, 60));
      await page.close();

      expect(await stored(`closed-${durable}`, 60)).toBe(60);
    },
  );

  it('arrive when they are made while the page is left', async () => {
    const page = await open({ durable: null });

    await page.sendOnPageHide(...eventsOf('left', 3));
    await page.page.goto('about:blank');

    expect(await stored('left', 3)).toBe(3);
  });

  it('wait while there is no network, and arrive when it is back', async () => {
    const page = await open();
    const tries = countTries();
    await context.setOffline(true);

    await page.send(...eventsOf('offline', 40));
    await until('they stand in storage', async () => (await page.stored()) === 40);
    const triesOffline = Math.max(...tries.values());
    await context.setOffline(false);
    expect(await stored('offline', 40)).toBe(40);
    await page.flush();

    expect(triesOffline).toBeLessThanOrEqual(4);
    expect(await page.stored()).toBe(0);
  });

  it('arrive from the next page when this one was closed without network', async () => {
    const page = await open();
    await context.setOffline(true);

    await page.send(...eventsOf('next-page', 5));
    await page.close();
    await context.setOffline(false);
    await open();

    expect(await stored('next-page', 5)).toBe(5);
  });

  it('arrive from the next page when this one has crashed without network', async () => {
    const page = await open();
    await context.setOffline(true);
    await page.send(...eventsOf('crashed', 5));
    await until('all stand in storage', async () => (await page.stored()) === 5);

    await page.crash();
    await context.setOffline(false);
    await open();

    expect(await stored('crashed', 5)).toBe(5);
  });

  it('are sent by one of two tabs only', async () => {
    const [one, other] = [await open(), await open()];
    await context.setOffline(true);
    await one.send(...eventsOf('two-tabs', 10));
    await other.send(...eventsOf('two-tabs-2', 10));
    await until('all stand in storage', async () => (await other.stored()) === 20);
    const tries = countTries();

    await context.setOffline(false);
    await Promise.all([one.flush(), other.flush()]);
    expect(await stored('two-tabs', 10)).toBe(10);
    expect(await stored('two-tabs-2', 10)).toBe(10);
    await until('nothing is left', async () => (await one.stored()) === 0);

    expect(tries.size).toBe(20);
    expect(new Set(tries.values())).toEqual(new Set([1]));
  });

  it('of a tab that is gone are sent by another that only looks on', async () => {
    const [one, other] = [await open(), await open()];
    await context.setOffline(true);

    await one.send(...eventsOf('gone', 5));
    await one.close();
    await context.setOffline(false);

    expect(await stored('gone', 5)).toBe(5);
    await until('nothing is left', async () => (await other.stored()) === 0);
  });

  it('arrive where storage is forbidden', async () => {
    await context.addInitScript(() => {
      Object.defineProperty(globalThis, 'localStorage', {
        get: () => {
          throw new Error('The operation is insecure.');
        },
      });
    });
    const page = await open();
    await context.setOffline(true);

    await page.send(...eventsOf('forbidden', 5));
    await context.setOffline(false);

    expect(await stored('forbidden', 5)).toBe(5);
  });

  it('arrive where storage is full', async () => {
    const page = await open();
    await page.page.evaluate(() => {
      for (let size = 1 << 20; size >= 1; size >>= 1) {
        try {
          for (let i = 0; ; i++) localStorage.setItem(`other-${size}-${i}`, 'x'.repeat(size));
        } catch {
          // Full to within half of that.
        }
      }
    });
    let failed = 0;
    context.on('requestfailed', () => failed++);
    await context.setOffline(true);

    await page.send(...eventsOf('full', 5));
    await until('sending has failed', () => failed > 0);
    const kept = await page.stored();
    await context.setOffline(false);

    expect(await stored('full', 5)).toBe(5);
    expect(kept).toBe(0);
  });

  it('cost the caller less than a millisecond each, and hold up nothing, 10 000 at once', async () => {
    const page = await open();
    const [event] = eventsOf('burst', 1);

    const costs = await page.page.evaluate(callMany, [event!, 10_000] as const);
    expect(await stored('burst', 10_000)).toBe(10_000);
    const gaps = await page.page.evaluate(() => (globalThis as unknown as InPage).gaps);

    const total = sum(costs);
    const slow = costs.filter((ms) => ms >= 1).length;
    process.stderr.write(
      `10 000 calls: ${total.toFixed(0)} ms, the longest ${Math.max(...costs).toFixed(1)} ms, ` +
        `${slow} over 1 ms; afterwards ${(sum(gaps) / 1000).toFixed(1)} s, ` +
        `in which the page was held up for ${Math.max(...gaps).toFixed(0)} ms at most\n`,
    );
    expect(total / 10_000).toBeLessThan(1);
    expect(slow).toBeLessThan(100);
    expect(await page.dropped()).toEqual([]);
  });
});

const sum = (figures: readonly number[]): number => figures.reduce((all, each) => all + each, 0);

/** In the page: what each call costs; from then on `gaps` are the times in which it did nothing else. */
function callMany([event, count]: readonly [object, number]): number[] {
  const here = globalThis as unknown as InPage;
  const costs = Array.from({ length: count }, (_, i) => {
    const each = { ...event, eventId: `burst-${i}` };
    const before = performance.now();
    here.sender.send(each);
    return performance.now() - before;
  });
  let last = performance.now();
  here.gaps = [];
  setInterval(() => {
    const now = performance.now();
    here.gaps.push(now - last);
    last = now;
  }, 1);
  return costs;
}
