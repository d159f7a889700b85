import type { BrowserContext, Page } from 'playwright-core';

/** What `startClientPage('./sender.js', './durable-queue.js')` puts into its pages. */
declare const client: {
  createSender(options: object): InPage['sender'];
  durableQueue(options?: object): unknown;
};

interface InPage {
  sender: {
    send(event: object, options?: { precious?: boolean }): void;
    flush(): Promise<void>;
    close(): void;
  };
  dropped: Dropped[];
}

export interface Dropped {
  readonly eventId: string;
  readonly reason: string;
}

export interface SenderPageOptions {
  /** URL of the door. */
  readonly door: string;
  readonly mostInBatch?: number;
  /** Options of the durable queue; null for none. */
  readonly durable?: object | null;
}

/** Opens a page with a sender of its own in it. */
export async function openSender(
  context: BrowserContext,
  url: string,
  options: SenderPageOptions,
): Promise<SenderPage> {
  const page = await context.newPage();
  const opened = new SenderPage(page);
  await page.goto(url);
  await opened.create(options);
  return opened;
}

/** A page that sends, as an integrator's script would. */
export class SenderPage {
  constructor(readonly page: Page) {}

  create({ door, mostInBatch = 100, durable = {} }: SenderPageOptions): Promise<void> {
    return this.page.evaluate(
      ([url, most, queueOptions]) => {
        const here = globalThis as unknown as InPage;
        here.dropped = [];
        here.sender = client.createSender({
          url,
          mostInBatch: most,
          queue: queueOptions ? client.durableQueue(queueOptions) : undefined,
          onDropped: (event: { eventId: string }, reason: string) =>
            here.dropped.push({ eventId: event.eventId, reason }),
        });
      },
      [door, mostInBatch, durable] as const,
    );
  }

  send(...events: readonly object[]): Promise<void> {
    return this.page.evaluate((all) => {
      for (const event of all) (globalThis as unknown as InPage).sender.send(event);
    }, events);
  }

  sendPrecious(event: object): Promise<void> {
    return this.page.evaluate((each) => {
      (globalThis as unknown as InPage).sender.send(each, { precious: true });
    }, event);
  }

  /** In the last moment of the page, after the sender's own listeners. */
  sendOnPageHide(...events: readonly object[]): Promise<void> {
    return this.page.evaluate((all) => {
      addEventListener('pagehide', () => {
        for (const event of all) (globalThis as unknown as InPage).sender.send(event);
      });
    }, events);
  }

  flush(): Promise<void> {
    return this.page.evaluate(() => (globalThis as unknown as InPage).sender.flush());
  }

  closeSender(): Promise<void> {
    return this.page.evaluate(() => (globalThis as unknown as InPage).sender.close());
  }

  /** As when another tab is looked at, which a headless browser has no notion of. */
  hide(): Promise<void> {
    return this.page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    });
  }

  dropped(): Promise<Dropped[]> {
    return this.page.evaluate(() => (globalThis as unknown as InPage).dropped);
  }

  /** How many keys of the queue stand in the storage that all tabs share. */
  stored(): Promise<number> {
    return this.page.evaluate(
      () => Object.keys(localStorage).filter((key) => key.startsWith('footfall|')).length,
    );
  }

  /** Their ids, in order. */
  storedIds(): Promise<string[]> {
    return this.page.evaluate(() =>
      Object.entries<string>(localStorage as never)
        .filter(([key]) => key.startsWith('footfall|'))
        .map(([, text]) => (JSON.parse(text) as { eventId: string }).eventId)
        .sort(),
    );
  }

  /** Without a last word. */
  async crash(): Promise<void> {
    const crashed = this.page.waitForEvent('crash');
    await this.page.goto('chrome://crash').catch(() => undefined);
    await crashed;
    await this.page.close();
  }

  /** Puts something into storage that no sender has put there. */
  put(key: string, value: string): Promise<void> {
    return this.page.evaluate(([name, text]) => localStorage.setItem(name, text), [
      key,
      value,
    ] as const);
  }

  /** As applications do when a user leaves. */
  clearStorage(): Promise<void> {
    return this.page.evaluate(() => localStorage.clear());
  }

  close(): Promise<void> {
    return this.page.close();
  }
}

declare const addEventListener: (type: 'pagehide', listener: () => void) => void;
declare const localStorage: {
  setItem(key: string, value: string): void;
  clear(): void;
};
declare const document: EventTarget;
