import type { BrowserContext, Page } from 'playwright-core';
import { until } from './until.js';

/** What was posted, by the path of its door, a batch taken apart. */
export interface Posted {
  readonly door: string;
  readonly event: Readonly<Record<string, unknown>>;
}

/** A page of an integrator's that `startClientPage('./index.js')` serves, and what it posts. */
export class TrackerPage {
  readonly posted: Posted[] = [];

  private constructor(readonly page: Page) {
    page.on('request', (request) => {
      if (request.method() !== 'POST') return;
      const door = new URL(request.url()).pathname.replace(/\/batch$/, '');
      const events = [JSON.parse(request.postData()!) as Posted['event']].flat();
      this.posted.push(...events.map((event) => ({ door, event })));
    });
  }

  static async open(context: BrowserContext, url: string): Promise<TrackerPage> {
    const opened = new TrackerPage(await context.newPage());
    await opened.page.goto(url);
    return opened;
  }

  /** Runs what a page's own script would say; answers its last value. Variables live on. */
  run<Result = void>(script: string): Promise<Result> {
    return this.page.evaluate<Result>(script);
  }

  /** Waits until as many were posted to a door, and answers them. */
  async postedTo(door: string, count: number): Promise<Posted['event'][]> {
    const there = (): Posted[] => this.posted.filter((each) => each.door === door);
    await until(`${count} posted to ${door}`, () => there().length >= count);
    return there().map(({ event }) => event);
  }

  /** Rows in the order in which their events were made: ids of one millisecond have none. */
  inOrder<Row extends Readonly<Record<string, unknown>>>(rows: readonly Row[]): Row[] {
    const ids = this.posted.map(({ event }) => event['eventId']);
    return rows.toSorted((a, b) => ids.indexOf(a['event_id']) - ids.indexOf(b['event_id']));
  }

  close(): Promise<void> {
    return this.page.close();
  }
}
