import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { CONTENTS } from '../../apps/server/src/page/contents.js';
import { operationsOf } from '../../apps/server/src/page/operations.js';
import { startBrowser } from '../support/browser.js';
import { TestFootfall } from '../support/footfall.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { publishedDocument } from '../support/published-document.js';
import { until } from '../support/until.js';

const WITHIN_MS = 10_000;
/** For all operations together: some thirty of them take about fifteen seconds. */
jest.setTimeout(120_000);

const document = await publishedDocument();
const known = new Map(operationsOf(document).map((each) => [each.name, each.operation]));

/** Statuses that say that the wish was granted. 202 at a door is a loss. */
const GRANTED = ['200', '201', '204'];

/** What is published of an operation as its success. */
const successesOf = (name: string): string[] =>
  Object.keys(known.get(name)?.responses ?? {}).filter((status) => GRANTED.includes(status));

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

  /**
   * The only thing that a page which nobody used yet cannot fill in: the id of a rejected event,
   * which its reader takes from the list above.
   */
  async function fillInWhatNobodyKnew(name: string, operation: Locator): Promise<void> {
    if (name !== 'GET /rejected-events/{id}') return;
    let id: string | undefined;
    await until('an event is rejected', async () => {
      const { body } = await footfall.asAdmin('get', '/rejected-events');
      id = (body as { items: { id: string }[] }).items[0]?.id;
      return id !== undefined;
    });
    await operation.locator('tr[data-param-name="id"] input').fill(id!);
  }

  /** Opens an operation, presses "Execute" and answers the status that the page shows. */
  async function execute(name: string, operation: Locator): Promise<string> {
    const summary = operation.locator('.opblock-summary-control');
    await summary.click();
    await fillInWhatNobodyKnew(name, operation);
    await operation.getByRole('button', { name: 'Execute' }).click();
    const status = operation.locator('.live-responses-table tbody .response-col_status').first();
    const text = (await status.textContent()) ?? '';
    await summary.click();
    return /\d+/.exec(text)?.[0] ?? text;
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
    const failed = executed.filter(([name, status]) => !successesOf(name).includes(status));
    expect(failed).toEqual([]);
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

  it.each([390, 768, 1280])('fits into %i pixels, opened and executed', async (width) => {
    await openPage(width);
    await page.locator('.info summary').evaluateAll((questions) => {
      for (const question of questions as unknown as { click(): void }[]) question.click();
    });
    for (const path of ['/events/checkout', '/events/checkout/batch']) {
      const operation = page.locator('.opblock-post', {
        has: page.locator(`[data-path="${path}"]`),
      });
      await operation.locator('.opblock-summary-control').click();
      await operation.getByRole('button', { name: 'Execute' }).click();
      await operation.locator('.live-responses-table').waitFor();
    }

    const [needed, there] = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = (
        globalThis as unknown as {
          document: { documentElement: { scrollWidth: number; clientWidth: number } };
        }
      ).document.documentElement;
      return [scrollWidth, clientWidth] as const;
    });

    expect(needed).toBeLessThanOrEqual(there);
    await page.close();
  });
});
