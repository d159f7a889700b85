import { setTimeout as pause } from 'node:timers/promises';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { type ClientPage, startClientPage } from '../support/client-page.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { openSender, type SenderPage } from '../support/sender-page.js';
import { allAccepted, StubDoor } from '../support/stub-door.js';
import { until } from '../support/until.js';

jest.setTimeout(90_000);

const WITHIN_MS = 45_000;
const HOUR_MS = 3_600_000;

describeWith(hasProgram('chromium'), 'there is no chromium')('the queue in storage', () => {
  let door: StubDoor;
  let browser: Browser;
  let shop: ClientPage;
  let context: BrowserContext;

  beforeAll(async () => {
    browser = await startBrowser();
    shop = await startClientPage('./sender.js', './durable-queue.js');
  });
  beforeEach(async () => {
    // One a test: what an earlier page said while it was closed does not arrive here.
    door = await StubDoor.start();
    door.answering = allAccepted;
    context = await browser.newContext();
  });
  afterEach(async () => {
    await context.close();
    await door.stop();
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.stop();
  });

  const open = (options: object = {}): Promise<SenderPage> =>
    openSender(context, shop.url, { door: door.url, ...options });

  const events = (prefix: string, count: number, extra: object = {}): { eventId: string }[] =>
    Array.from({ length: count }, (_, i) => ({ eventId: `${prefix}${i}`, ...extra }));

  const standing = (page: SenderPage, count: number): Promise<void> =>
    until(`${count} stand in storage`, async () => (await page.stored()) === count, WITHIN_MS);

  const standingAfter = async (page: SenderPage, ms: number, count: number): Promise<void> => {
    await page.page.clock.fastForward(ms);
    await standing(page, count);
  };

  const arrived = (count: number): Promise<void> =>
    until(`${count} came`, () => new Set(door.arrived).size >= count, WITHIN_MS);

  const keyOf = (atMs: number, bytes = 20): string =>
    `footfall|${door.url}|${[atMs * 1000, bytes, 0].map((figure) => figure.toString(36)).join('-')}-x`;

  const otherDoorsKey = (atMs: number): string =>
    keyOf(atMs).replace(door.url, 'https://other.example.com/events');

  describe('its limits', () => {
    it('keeps the newest, and precious ones before all', async () => {
      const page = await open({ durable: { maxEvents: 5 } });
      await context.setOffline(true);

      await page.sendPrecious({ eventId: 'paid' });
      await page.send(...events('e', 10));
      await standing(page, 5);
      await until('it has tried', async () => (await page.storedIds()).includes('e9'));

      expect(await page.storedIds()).toEqual(['e6', 'e7', 'e8', 'e9', 'paid']);
    });

    it('lose nothing while the page lives, which has room for more', async () => {
      const page = await open({ durable: { maxEvents: 5 } });
      await context.setOffline(true);

      await page.send(...events('e', 50));
      await standing(page, 5);
      await context.setOffline(false);
      await arrived(50);
      await page.flush();

      expect(door.arrived).toHaveLength(50);
      expect(await page.dropped()).toEqual([]);
      expect(await page.stored()).toBe(0);
    });

    it('hold for the bytes too', async () => {
      const page = await open({ durable: { maxBytes: 10_000 } });
      await context.setOffline(true);

      await page.send(...events('e', 20, { text: 'x'.repeat(980) }));
      await until('some stand there', async () => (await page.stored()) > 0);

      expect(await page.stored()).toBe(9);
    });

    it('hold for all doors together, and what makes room is told', async () => {
      const page = await open({ durable: { maxEvents: 2 } });
      await page.put(otherDoorsKey(Date.now()), '{"eventId":"of another door"}');
      await context.setOffline(true);

      await page.send(...events('e', 2));
      await until('it has made room', async () => (await page.dropped()).length > 0);

      expect(await page.dropped()).toEqual([{ eventId: 'of another door', reason: 'full' }]);
      expect(await page.stored()).toBe(2);
    });

    it('end at 10 000 events in memory, the oldest of which are told', async () => {
      const page = await open({ durable: null });
      await context.setOffline(true);

      await page.sendPrecious({ eventId: 'paid' });
      await page.send(...events('e', 10_002));

      const dropped = await page.dropped();
      expect(dropped).toEqual([
        { eventId: 'e0', reason: 'full' },
        { eventId: 'e1', reason: 'full' },
        { eventId: 'e2', reason: 'full' },
      ]);
    });
  });

  it('tells of an event that has waited for two days, and does not send it', async () => {
    const page = await open();
    await page.put(keyOf(Date.now() - 49 * HOUR_MS), '{"eventId":"too-old"}');
    await page.put(keyOf(Date.now() - 47 * HOUR_MS), '{"eventId":"old"}');

    await page.send({ eventId: 'new' });
    await arrived(2);
    await page.flush();

    expect(door.arrived.toSorted()).toEqual(['new', 'old']);
    expect(await page.dropped()).toEqual([{ eventId: 'too-old', reason: 'expired' }]);
    expect(await page.stored()).toBe(0);
  });

  it('throws away what is broken, and sends the rest', async () => {
    const page = await open();
    await page.put(keyOf(Date.now()), '{"eventId":"cut o');
    await page.put(keyOf(Date.now() + 1), '"no event"');
    await page.put(`footfall|${door.url}|nonsense`, '{"eventId":"nonsense"}');
    await page.put(keyOf(Date.now() + 2), '{"eventId":"fine"}');

    await page.send({ eventId: 'new' });
    await arrived(2);
    await page.flush();

    expect(door.arrived.toSorted()).toEqual(['fine', 'new']);
    expect(await page.stored()).toBe(0);
  });

  it('leaves the events of another door, and of another name, alone', async () => {
    const page = await open();
    await page.put(otherDoorsKey(Date.now()), '{}');
    await page.put(`other-${keyOf(Date.now())}`, '{"eventId":"of another name"}');

    await page.send({ eventId: 'e' });
    await page.flush();

    expect(door.arrived).toEqual(['e']);
    expect(await page.stored()).toBe(1);
  });

  it('loses nothing when the application clears the storage', async () => {
    const page = await open();
    await context.setOffline(true);
    await page.send(...events('e', 5));
    await standing(page, 5);

    await page.clearStorage();
    await context.setOffline(false);
    await arrived(5);
    await page.flush();

    expect(door.arrived.toSorted()).toEqual(['e0', 'e1', 'e2', 'e3', 'e4']);
  });

  it('is not touched by what is acknowledged within a second', async () => {
    await context.addInitScript(() => {
      const writes: string[] = [];
      (globalThis as unknown as { writes: string[] }).writes = writes;
      Storage.prototype.setItem = new Proxy(Storage.prototype.setItem, {
        apply: (setItem, storage, [key, value]: [string, string]) => {
          writes.push(key);
          Reflect.apply(setItem, storage, [key, value]);
        },
      });
    });
    const page = await open();

    await page.send(...events('e', 5));
    await page.flush();

    const writes = await page.page.evaluate(
      () => (globalThis as unknown as { writes: string[] }).writes,
    );
    expect(door.arrived).toHaveLength(5);
    expect(writes.filter((key) => key.startsWith('footfall|'))).toEqual([]);
  });

  it.each([true, false])('is sent by one tab at a time (Web Locks: %s)', async (hasLocks) => {
    if (!hasLocks) await context.addInitScript(withoutLocks);
    const [one, other] = [await open(), await open()];
    await context.setOffline(true);
    await one.send(...events('one', 5));
    await other.send(...events('other', 5));
    await standing(other, 10);
    // So slow that the other tab would send them too.
    door.answering = async (request) => {
      await pause(1000);
      return allAccepted(request);
    };

    await context.setOffline(false);
    await Promise.all([one.flush(), other.flush()]);
    await arrived(10);
    await until('both agree', async () => (await one.stored()) + (await other.stored()) === 0);

    expect(door.arrived).toHaveLength(10);
  });

  it('is not held up for ever by a tab that was frozen in the middle of its work', async () => {
    const frozen = await open();
    await frozen.page.evaluate((name) => {
      void navigator.locks.request(name, () => new Promise(() => {}));
    }, `footfall!${door.url}`);
    await context.clock.install();
    const page = await open();

    await page.send({ eventId: 'e' });
    await standingAfter(page, 2_000, 1);
    const before = door.arrived.length;
    await page.page.clock.fastForward(60_000);
    await arrived(1);

    expect(before).toBe(0);
  });

  it('is given back at once by a tab without Web Locks that is closed in mid-send', async () => {
    await context.addInitScript(withoutLocks);
    door.answering = () => undefined;
    const one = await open();
    await one.send({ eventId: 'in-doubt' });
    await arrived(1);
    door.answering = allAccepted;

    await one.close();
    const other = await open();
    await other.send({ eventId: 'next' });
    await arrived(2);
    await standing(other, 0);

    expect(door.arrived).toEqual(['in-doubt', 'in-doubt', 'next']);
  });
});

/** In the page: a browser that is old, or a page that is not secure. */
function withoutLocks(): void {
  Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
}

/** What runs in the page, where this is all that it needs of the browser. */
declare const navigator: {
  readonly locks: { request(name: string, work: () => Promise<unknown>): Promise<unknown> };
};
declare const Navigator: { readonly prototype: object };
declare const Storage: { readonly prototype: { setItem: (key: string, value: string) => void } };
