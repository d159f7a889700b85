import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { type ClientPage, startClientPage } from '../support/client-page.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { openSender, type SenderPage } from '../support/sender-page.js';
import { allAccepted, StubDoor } from '../support/stub-door.js';
import { until } from '../support/until.js';

jest.setTimeout(90_000);

const WITHIN_MS = 45_000;

describeWith(hasProgram('chromium'), 'there is no chromium')('a page that is answered', () => {
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

  const requests = (count: number): Promise<void> =>
    until(`${count} requests`, () => door.requests.length >= count, WITHIN_MS);

  const ids = (count: number, prefix = 'e'): { eventId: string }[] =>
    Array.from({ length: count }, (_, i) => ({ eventId: `${prefix}${i}` }));

  it('429: comes again, as it was, when the server asked for it', async () => {
    door.answering = (_, number) =>
      number === 1 ? { status: 429, retryAfter: '3' } : { status: 204 };
    const page = await open();

    await page.send({ eventId: 'e', timestamp: 1, nested: { text: 'é😀' } });
    await requests(2);

    const [first, second] = door.requests;
    expect(second!.events).toEqual(first!.events);
    expect(second!.events).toEqual([{ eventId: 'e', timestamp: 1, nested: { text: 'é😀' } }]);
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(2900);
  });

  it('429: does not come sooner because the network came back, or because it is told to', async () => {
    door.answering = (_, number) =>
      number === 1 ? { status: 429, retryAfter: '3' } : { status: 204 };
    const page = await open();
    await page.send({ eventId: 'e' });
    await until('it stands in storage', async () => (await page.stored()) === 1);

    await context.setOffline(true);
    await context.setOffline(false);
    await page.flush();
    await requests(2);

    expect(door.requests[1]!.at - door.requests[0]!.at).toBeGreaterThanOrEqual(2900);
  });

  it.each([500, 503, 202])('%i: comes again later', async (status) => {
    door.answering = (_, number) => ({ status: number === 1 ? status : 204 });
    const page = await open();

    await page.send({ eventId: 'e' });
    await requests(2);
    await page.flush();

    expect(door.arrived).toEqual(['e', 'e']);
    expect(door.requests[1]!.at - door.requests[0]!.at).toBeGreaterThanOrEqual(490);
    expect(await page.dropped()).toEqual([]);
    expect(await page.stored()).toBe(0);
  });

  it.each([400, 401, 404, 413, 415])(
    '%i: is dropped and told, and holds up nothing',
    async (status) => {
      door.answering = ({ events }) => ({ status: events[0]!.eventId === 'bad' ? status : 204 });
      const page = await open({ mostInBatch: 1 });

      await page.send({ eventId: 'bad' }, { eventId: 'good' });
      await page.flush();

      expect(door.arrived).toEqual(['bad', 'good']);
      expect(await page.dropped()).toEqual([{ eventId: 'bad', reason: 'rejected' }]);
    },
  );

  it('verdicts: only what failed comes again, and what is not kept is told', async () => {
    door.answering = ({ path }) => {
      if (!path.endsWith('/batch')) return { status: 204 };
      const verdicts = ['accepted', 'rejected', 'skipped', 'failed'];
      return { status: 200, body: { results: verdicts.map((verdict) => ({ verdict })) } };
    };
    const page = await open();

    await page.send(...ids(4));
    await requests(2);
    await page.flush();

    expect(door.requests.map(({ path }) => path)).toEqual(['/events/batch', '/events']);
    expect(door.arrived).toEqual(['e0', 'e1', 'e2', 'e3', 'e3']);
    expect(await page.dropped()).toEqual([
      { eventId: 'e1', reason: 'rejected' },
      { eventId: 'e2', reason: 'skipped' },
    ]);
  });

  it.each([400, 404, 413])('%i to a group: its events are judged alone', async (status) => {
    door.answering = ({ path, events }) => {
      if (path.endsWith('/batch')) return { status };
      return { status: events[0]!.eventId === 'e1' ? 400 : 204 };
    };
    const page = await open();

    await page.send(...ids(3));
    await requests(4);
    await page.flush();

    expect(door.arrived).toEqual(['e0', 'e1', 'e2', 'e0', 'e1', 'e2']);
    expect(await page.dropped()).toEqual([{ eventId: 'e1', reason: 'rejected' }]);
  });

  it.each([
    [{ tracked: true, eventId: 'x' }, 1, []],
    [{ tracked: false, reason: 'dnt' }, 1, [{ eventId: 'e', reason: 'skipped' }]],
    [{ tracked: false, eventId: null }, 2, []],
  ])('202 %j of the analytics door: is sent %i times', async (body, times, dropped) => {
    door.answering = (_, number) =>
      number === 1 ? { status: 202, body } : { status: 202, body: { tracked: true } };
    const page = await open();

    await page.send({ eventId: 'e' });
    await requests(times);
    await page.flush();

    expect(door.arrived).toHaveLength(times);
    expect(await page.dropped()).toEqual(dropped);
  });

  it('an event that always fails holds up no other', async () => {
    door.answering = ({ events }) => ({ status: events[0]!.eventId === 'cursed' ? 500 : 204 });
    const page = await open({ mostInBatch: 1 });

    await page.send({ eventId: 'cursed' }, { eventId: 'e1' }, { eventId: 'e2' });
    await until('the others came', () => door.arrived.includes('e2'), WITHIN_MS);

    expect(door.arrived.filter((id) => id !== 'cursed')).toEqual(['e1', 'e2']);
  });

  it('groups keep to the most events and bytes of one request', async () => {
    door.answering = allAccepted;
    const page = await open({ mostInBatch: 7 });

    await page.send(...ids(20).map((event) => ({ ...event, text: 'é'.repeat(10_000) })));
    await requests(7);
    await page.flush();

    expect(Math.max(...door.requests.map(({ events }) => events.length))).toBe(2);
    expect(Math.max(...door.requests.map(({ bytes }) => bytes))).toBeLessThanOrEqual(60_000);
    expect(new Set(door.arrived).size).toBe(20);
  });

  it('an event too large for keepalive goes without', async () => {
    const page = await open();

    await page.send({ eventId: 'large', text: 'x'.repeat(100_000) });
    await page.flush();

    expect(door.arrived).toEqual(['large']);
  });

  it('left with more than a browser lets go, the next page sends the rest', async () => {
    door.answering = () => undefined;
    const page = await open();
    await page.send(...ids(200).map((event) => ({ ...event, text: 'x'.repeat(1000) })));
    await requests(1);

    await page.close();
    const left = door.requests.reduce((all, { bytes }) => all + bytes, 0);
    door.forget();
    door.answering = allAccepted;
    const next = await open();
    await until('all came', () => new Set(door.arrived).size === 200, WITHIN_MS);
    await next.flush();

    expect(left).toBeLessThanOrEqual(64 * 1024);
    expect(await next.stored()).toBe(0);
  });

  it('left in mid-send without an answer, another tab sends it', async () => {
    door.answering = () => undefined;
    const [page, other] = [await open(), await open()];
    await page.send({ eventId: 'in-doubt' });
    await requests(1);

    await page.close();
    door.answering = () => ({ status: 204 });
    await requests(2);
    await until('nothing is left', async () => (await other.stored()) === 0);

    expect(door.arrived).toEqual(['in-doubt', 'in-doubt']);
  });

  it('left where fetch knows no keepalive, a beacon of JSON goes', async () => {
    await context.addInitScript(() => {
      delete (globalThis as unknown as { Request: { prototype: { keepalive?: unknown } } }).Request
        .prototype.keepalive;
    });
    await context.addCookies([{ name: 'of', value: 'the-door', url: door.url }]);
    const page = await open({ durable: null });

    await page.send({ eventId: 'fetched' });
    await page.flush();
    await page.sendOnPageHide({ eventId: 'beacon' });
    await page.page.goto('about:blank');
    // Only beacons send cookies, and cannot be kept from it.
    const beacon = () => door.requests.find(({ cookie }) => cookie === 'of=the-door');
    await until('a beacon came', () => beacon() !== undefined, WITHIN_MS);

    const contentType = 'application/json';
    expect(beacon()).toMatchObject({ contentType, events: [{ eventId: 'beacon' }] });
    expect(door.requests[0]).toMatchObject({ contentType, events: [{ eventId: 'fetched' }] });
  });

  it('hidden: what waits for its next try goes at once', async () => {
    door.answering = (_, number) => ({ status: number === 1 ? 503 : 204, retryAfter: '60' });
    const page = await open();
    await page.send({ eventId: 'e' });
    await until('it stands in storage', async () => (await page.stored()) === 1);

    await page.hide();
    await requests(2);
    await until('it is kept', async () => (await page.stored()) === 0);

    expect(door.arrived).toEqual(['e', 'e']);
  });

  it('hidden: events are sent all the same', async () => {
    const page = await open({ durable: null });
    await page.hide();

    await page.send({ eventId: 'e' });
    await requests(1);

    expect(door.arrived).toEqual(['e']);
  });

  it('closed: sends what waits, and tells of what is given afterwards', async () => {
    const page = await open();

    await page.send({ eventId: 'before' });
    await page.closeSender();
    await page.send({ eventId: 'after' });
    await requests(1);

    expect(door.arrived).toEqual(['before']);
    expect(await page.dropped()).toEqual([{ eventId: 'after', reason: 'closed' }]);
  });

  it('what is no JSON is told, and hurts nobody', async () => {
    const page = await open();

    await page.page.evaluate(() => {
      const cyclic: { eventId: string; self?: object } = { eventId: 'cyclic' };
      cyclic.self = cyclic;
      const { sender } = globalThis as unknown as { sender: { send(event: object): void } };
      sender.send(cyclic);
      sender.send({ eventId: 'fine' });
    });
    await requests(1);

    expect(await page.dropped()).toEqual([{ eventId: 'cyclic', reason: 'unserializable' }]);
    expect(door.arrived).toEqual(['fine']);
  });
});
