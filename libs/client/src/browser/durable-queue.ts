import type { DropReason, Item, Queue, Store } from './queue.js';
import { pause, SETTLE_MS, tabLock } from './tab-lock.js';

export interface DurableQueueOptions {
  /** Begins the keys in storage; the limits hold for all events under one name. */
  readonly name?: string;
  readonly maxEvents?: number;
  readonly maxBytes?: number;
  readonly maxAgeMs?: number;
}

/** What is known of an event in storage without reading it. */
type Entry = Pick<Item, 'key' | 'at' | 'precious' | 'bytes'>;

/**
 * Lets events outlive the page and wait for the network in `localStorage`, which all tabs of an
 * origin share: any of them sends what another left. What is acknowledged within a second never
 * gets there. Where storage is full or forbidden, events wait in memory, as without it.
 */
export const durableQueue =
  ({
    name = 'footfall',
    maxEvents = 500,
    maxBytes = 512 * 1024,
    maxAgeMs = 48 * 3_600_000,
  }: DurableQueueOptions = {}): Queue =>
  ({ url, items, add, remove, tell, look, signal }) => {
    const storage = tried(() => localStorage);
    if (!storage) return undefined;
    const ours = `${name}|`;
    const prefix = `${ours}${url}|`;
    let mark: string | undefined;

    /**
     * Whether something else than a tab has emptied the storage, as applications do when a user
     * leaves: an event that is gone has then not been sent.
     */
    const wasCleared = (): boolean => {
      const current = storage.getItem(name);
      if (current && current === mark) return false;
      mark = current ?? random();
      storage.setItem(name, mark);
      return true;
    };

    const drop = (key: string, reason: DropReason): void => {
      const text = storage.getItem(key);
      storage.removeItem(key);
      if (isEvent(text)) tell(text, reason);
    };

    /** Of all doors under this name; what is too old, or not ours after all, goes. */
    const entries = (): Entry[] =>
      Object.keys(storage)
        .filter((key) => key.startsWith(ours))
        .map(entryOf)
        .filter(({ key, at }) => {
          // Written so that a time that is none counts as too old.
          const isFresh = Math.abs(Date.now() - at / 1000) < maxAgeMs;
          if (!isFresh) drop(key, 'expired');
          return isFresh;
        });

    const read = ({ key, at, precious, bytes }: Entry): void => {
      const text = storage.getItem(key);
      if (isEvent(text)) add({ text, bytes, precious, at, key, tries: 0 });
      else storage.removeItem(key);
    };

    const write = (item: Item): void => {
      const key = `${prefix}${keyOf(item)}`;
      storage.setItem(key, item.text);
      item.key = key;
    };

    const keep = (): void => {
      if (!items.size) return;
      if (wasCleared()) {
        for (const item of items) if (storage.getItem(item.key) === null) item.key = '';
      }
      const unwritten = [...items].filter(({ key }) => !key);
      if (!unwritten.length) return;
      const { fitting, others } = fit([...entries(), ...unwritten], maxEvents, maxBytes);
      const mine = new Map([...items].map((item) => [item.key, item]));
      for (const { key } of others) {
        if (!key) continue;
        const item = mine.get(key);
        if (!item) drop(key, 'full');
        else {
          // Memory has room for more than storage.
          storage.removeItem(key);
          item.key = '';
        }
      }
      for (const each of fitting) if ('text' in each) write(each);
    };

    const agree = async (): Promise<void> => {
      const written = [...items].filter(({ key }) => key);
      if (!written.length && !entries().length) return;
      // Another tab's lock may reach us before its last writes do.
      await pause(SETTLE_MS);
      const left = new Map(entries().map((entry) => [entry.key, entry]));
      const cleared = wasCleared();
      for (const item of items) {
        if (!item.key || left.delete(item.key)) continue;
        if (cleared) item.key = '';
        else remove(item);
      }
      for (const entry of left.values()) if (entry.key.startsWith(prefix)) read(entry);
    };

    addEventListener(
      'storage',
      ({ key, newValue }) => {
        if (newValue && key?.startsWith(prefix)) look();
      },
      { signal },
    );

    return {
      keep: () => {
        tried(keep);
      },
      agree: () => agree().catch(() => undefined),
      forget: ({ key }) => {
        if (key) tried(() => storage.removeItem(key));
      },
      alone: tabLock(`${name}!${url}`, storage),
    } satisfies Store;
  };

const tried = <Result>(work: () => Result): Result | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

const random = (): string => Math.random().toString(36).slice(2);

/** Everything that limits ask for stands in the key, so that they cost no reading of events. */
const keyOf = ({ at, precious, bytes }: Item): string =>
  [at, bytes, precious ? 1 : 0].map((figure) => figure.toString(36)).join('-') + `-${random()}`;

const entryOf = (key: string): Entry => {
  const [at, bytes, precious] = key
    .slice(key.lastIndexOf('|') + 1)
    .split('-')
    .map((figure) => parseInt(figure, 36));
  return { key, at: at ?? NaN, bytes: bytes ?? NaN, precious: precious === 1 };
};

const isEvent = (text: string | null): text is string =>
  !!tried(() => {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value;
  });

/** The best that fit: precious ones first, then the newest. */
const fit = (all: readonly (Entry | Item)[], maxEvents: number, maxBytes: number) => {
  const fitting: (Entry | Item)[] = [];
  const others: (Entry | Item)[] = [];
  let bytes = 0;
  const best = [...all].sort((a, b) => +b.precious - +a.precious || b.at - a.at);
  for (const each of best) {
    const fits = fitting.length < maxEvents && bytes + each.bytes <= maxBytes;
    if (fits) bytes += each.bytes;
    (fits ? fitting : others).push(each);
  }
  return { fitting, others };
};
