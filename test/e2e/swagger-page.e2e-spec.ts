import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { CONTENTS } from '../../apps/server/src/page/contents.js';
import { operationsOf } from '../../apps/server/src/page/operations.js';
import { startBrowser } from '../support/browser.js';
import { TestFootfall } from '../support/footfall.js';
import { describeWith, hasProgram } from '../support/needs.js';
import {
  grantingStatuses,
  keptAnswers,
  publishedDocument,
  unknowable,
} from '../support/published-document.js';

/** What runs in the page, where this is all that it needs of the browser. */
declare const document: {
  readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number };
};
const isTooWide = (): boolean =>
  document.documentElement.scrollWidth > document.documentElement.clientWidth;

const WITHIN_MS = 10_000;
/** For all operations together: some seventy of them take a minute and more on a busy machine. */
jest.setTimeout(300_000);

const known = new Map(operationsOf(await publishedDocument()).map((each) => [each.name, each]));
const kept = await keptAnswers();

describeWith(hasProgram('chromium'), 'there is no chromium')('the page of the contract', () => {
  let footfall: TestFootfall;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await footfall?.stop();
  });

  async function openPage(width: number): Promise<void> {
    page = await browser.newPage({ viewport: { width, height: 900 } });
    page.setDefaultTimeout(WITHIN_MS);
    await page.goto(`${footfall.url}/docs`);
    await page.locator('.opblock').first().waitFor();
  }

  async function authorize(key: string): Promise<void> {
    await page.locator('.auth-wrapper .authorize').click();
    const dialog = page.locator('.dialog-ux');
    await dialog.locator('input').fill(key);
    await dialog.getByRole('button', { name: 'Apply credentials' }).click();
    await dialog.getByRole('button', { name: 'Close' }).click();
  }

  async function nameOf(operation: Locator): Promise<string> {
    const method = await operation.locator('.opblock-summary-method').textContent();
    const path = await operation.locator('.opblock-summary-path').getAttribute('data-path');
    return `${method} ${path}`;
  }

  /** Opens an operation, presses "Execute" and answers the status that the page shows. */
  async function execute(name: string, operation: Locator): Promise<string> {
    const summary = operation.locator('.opblock-summary-control');
    await summary.click();
    for (const [parameter, value] of Object.entries(await unknowable(name, footfall))) {
      await operation.locator(`tr[data-param-name="${parameter}"] input`).fill(value);
    }
    await operation.getByRole('button', { name: 'Execute' }).click();
    const status = operation.locator('.live-responses-table tbody .response-col_status').first();
    const text = (await status.textContent()) ?? '';
    // Without a pointer, which would wait for the page to stand still each time.
    await summary.dispatchEvent('click');
    return /\d+/.exec(text)?.[0] ?? text;
  }

  /** How many of each contract are in its table: of each door the first example is executed. */
  async function storedEvents(): Promise<unknown> {
    const [counts] = await footfall.query(`
      SELECT (SELECT count(*)::int FROM checkout_events) AS checkout,
             (SELECT count(*)::int FROM tracking_events) AS tracking,
             (SELECT count(*)::int FROM events) AS analytics,
             (SELECT count(*)::int FROM commerce_events) AS commerce
    `);
    return counts;
  }

  it('works from top to bottom, as it is filled in, on a Footfall that was just started', async () => {
    await openPage(1280);
    await authorize((await footfall.makeKey(['admin'])).key);

    const executed: [string, string][] = [];
    for (const operation of await page.locator('.opblock').all()) {
      const name = await nameOf(operation);
      executed.push([name, await execute(name, operation)]);
    }

    expect(executed.map(([name]) => name)).toEqual(
      CONTENTS.flatMap(({ operations }) => operations),
    );
    const failed = executed.filter(
      ([name, status]) => !grantingStatuses(known.get(name)!, kept).includes(status),
    );
    expect(failed).toEqual([]);
    await footfall.written();
    expect(await storedEvents()).toEqual({ checkout: 3, tracking: 2, analytics: 1, commerce: 5 });
    await page.close();
  });

  it('shows the chapters in the order of the contents, and the answers of a sender first', async () => {
    await openPage(1280);

    const chapters = await page
      .locator('.opblock-tag')
      .evaluateAll((tags) =>
        tags.map((tag) => (tag as unknown as { dataset: { tag: string } }).dataset.tag),
      );

    expect(chapters).toEqual(CONTENTS.map(({ name }) => name));
    expect(await page.locator('.info table').first().innerText()).toContain('204');
    await page.close();
  });

  it('fits into a telephone and a desk, opened and executed', async () => {
    await openPage(1280);
    await page.locator('.info summary').evaluateAll((questions) => {
      for (const question of questions as unknown as { click(): void }[]) question.click();
    });
    for (const path of ['/events/checkout', '/events/analytics', '/events/commerce/batch']) {
      const operation = page.locator('.opblock-post', {
        has: page.locator(`[data-path="${path}"]`),
      });
      await operation.locator('.opblock-summary-control').click();
      await operation.getByRole('button', { name: 'Execute' }).click();
      await operation.locator('.live-responses-table').waitFor();
    }

    const tooWide: number[] = [];
    for (const width of [1280, 768, 390]) {
      await page.setViewportSize({ width, height: 900 });
      if (await page.evaluate(isTooWide)) tooWide.push(width);
    }

    expect(tooWide).toEqual([]);
    await page.close();
  });

  it('asks no other host, and nothing in it fails', async () => {
    const foreign: string[] = [];
    const problems: string[] = [];
    page = await browser.newPage();
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== footfall.url) foreign.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(String(error)));

    await page.goto(`${footfall.url}/docs`);
    await page.locator('.opblock').first().waitFor();

    expect(foreign).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });
});
