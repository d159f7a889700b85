import { retryDelayMs } from '../retry.js';
import { createOutbox, type Group } from './outbox.js';
import type { DropReason, Flight, Queue } from './queue.js';
import { type Answer, mayOutlive, outlivingRoom, post } from './transport.js';
import { verdictsOf } from './verdicts.js';

export type { DropReason, Queue } from './queue.js';

export interface SenderOptions {
  /** URL of the door for one event; the batch door's is beside it: `${url}/batch`. */
  readonly url: string;
  /** `durableQueue()`, which survives the page; without it events wait in memory only. */
  readonly queue?: Queue | undefined;
  /** Most events in one request of the batch door; 1, the default, never uses it. */
  readonly mostInBatch?: number | undefined;
  /** Told of every event that will not be delivered; what it throws is ignored. */
  readonly onDropped?: ((event: object, reason: DropReason) => void) | undefined;
  /**
   * Asked at every request for what is sent with it, so that a token may be fresh; where it throws,
   * events wait. A beacon has no headers, and is not used where there are some.
   */
  readonly headers?: (() => Readonly<Record<string, string>> | undefined) | undefined;
}

export interface Sender {
  /**
   * Takes an event that is complete, id and time included, and sends it until it is known to be
   * kept. Never throws and waits for nothing. Precious ones are the last to be dropped.
   */
  send(event: object, options?: { readonly precious?: boolean }): void;
  /**
   * Tries at once what waits, sooner than its backoff but not than the server has asked for;
   * resolves after that try, whatever became of it.
   */
  flush(): Promise<void>;
  /** Sends what waits as if the page were left, and stops; what storage holds is sent by others. */
  close(): void;
}

/** More than that goes in several requests, each small enough to outlive its page. */
const GROUP_BYTES = 60_000;
/** What is kept within that time never touches storage. */
const KEEP_AFTER_MS = 1000;
/** Then another tab has its turn. */
const LONGEST_TURN_MS = 5000;
/** Who left events in storage may still be sending them. */
const LOOK_AFTER_MS = 5000;

/** Where there is no page, as when a page is rendered on a server, nothing is ever sent. */
const NOBODY: Sender = {
  send: () => undefined,
  flush: () => Promise.resolve(),
  close: () => undefined,
};

/** Calls made while one is waited for are one. */
const delayed = (work: () => void, ms: number): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      work();
    }, ms);
  };
};

const jsonOf = (event: object): string | undefined => {
  try {
    return JSON.stringify(event);
  } catch {
    return undefined;
  }
};

/** The way of events from a page to one door: nothing is lost that a retry can save. */
export const createSender = (options: SenderOptions): Sender => {
  if (typeof document === 'undefined') return NOBODY;
  const { url, queue, headers, onDropped } = options;
  let most = options.mostInBatch ?? 1;
  let failures = 0;
  let notBefore = 0;
  let latest = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let isTending = false;
  let isClosed = false;

  const told = (event: object, reason: DropReason): void => {
    try {
      onDropped?.(event, reason);
    } catch {
      // The integrator's own trouble.
    }
  };
  const tell = (text: string, reason: DropReason): void => told(JSON.parse(text) as object, reason);

  const stop = new AbortController();
  const { signal } = stop;
  const { items, add, remove, next } = createOutbox(tell);
  const isHidden = (): boolean => document.visibilityState === 'hidden';

  /** What neither left nor stands in storage when the sender stops. */
  const abandon = (): void => {
    for (const item of items) {
      if (item.key || item.flight) continue;
      remove(item);
      tell(item.text, 'closed');
    }
  };

  const later = (askedMs = 0): void => {
    store?.keep();
    if (isClosed) return abandon();
    notBefore = Date.now() + askedMs;
    clearTimeout(retry);
    retry = setTimeout(resume, retryDelayMs(++failures, askedMs));
  };

  const settle = (answer: Answer, group: Group, flight: Flight): boolean => {
    const verdicts = verdictsOf(answer, group.items.length);
    let again = false;
    group.items.forEach((item, i) => {
      const verdict = verdicts[i] ?? 'failed';
      if (item.flight === flight) item.flight = undefined;
      if (verdict === 'apart') most = 1;
      else if (verdict === 'failed') {
        item.tries++;
        again = true;
      } else if (items.has(item)) {
        remove(item);
        store?.forget(item);
        if (verdict !== 'accepted') tell(item.text, verdict);
      }
    });
    if (again) later(answer.retryAfterMs);
    else {
      failures = 0;
      if (retry !== undefined) wake();
    }
    return !again;
  };

  /** Whether nothing of the group has to be tried again later. */
  const deliver = async (group: Group, leaving: boolean): Promise<boolean> => {
    const texts = group.items.map(({ text }) => text);
    const isOne = texts.length === 1;
    // A retry goes without: others of the page may hold the browser's whole allowance.
    const keepalive = (leaving || !failures) && mayOutlive(group.bytes);
    const flight: Flight = { outlives: keepalive || leaving };
    for (const item of group.items) item.flight = flight;
    const answer = await post({
      url: isOne ? url : `${url}/batch`,
      body: isOne ? texts.join() : `[${texts.join()}]`,
      bytes: group.bytes,
      headers,
      keepalive,
      leaving,
    });
    return settle(answer, group, flight);
  };

  /** Whether there may be more to send at once. */
  const turn = async (): Promise<boolean> => {
    const until = Date.now() + LONGEST_TURN_MS;
    await store?.agree();
    let more = true;
    while (more && Date.now() < until) {
      const group = next(most, GROUP_BYTES, false, true);
      more = !isClosed && group.items.length > 0 && (await deliver(group, false));
    }
    return more;
  };

  const round = async (): Promise<void> => {
    try {
      let more = true;
      while (more) more = await (store ? store.alone(turn) : turn());
    } catch {
      later();
    }
    running = undefined;
    tend();
  };

  const start = (): void => {
    if (!isClosed) running ??= round();
  };

  const resume = (): void => {
    clearTimeout(retry);
    retry = undefined;
    start();
  };

  /** Backoff is cut short, but not what the server has asked for. */
  const wake = (): void => {
    if (Date.now() >= notBefore) resume();
  };

  /** Everything that waits or is in doubt, in requests that outlive the page; no lock is waited for. */
  const leave = (): void => {
    store?.keep();
    for (;;) {
      const group = next(most, Math.min(GROUP_BYTES, outlivingRoom()), true, false);
      if (!group.items.length) return;
      void deliver(group, true).then((went) => went && tend());
    }
  };

  const tend = (): void => {
    isTending = false;
    if (!items.size) return;
    if (isClosed) return leave();
    save();
    if (retry !== undefined || running) return;
    if (isHidden()) leave();
    else if ([...items].some(({ flight }) => !flight)) start();
  };

  const save = delayed(() => store?.keep(), KEEP_AFTER_MS);
  const look = delayed(() => {
    if (retry === undefined) start();
  }, LOOK_AFTER_MS);
  const store = queue?.({ url, items, add, remove, tell, look, signal });

  const onVisibility = (): void => (isHidden() ? leave() : wake());
  const onOnline = (): void => {
    failures = 0;
    wake();
  };
  document.addEventListener('visibilitychange', onVisibility, { signal });
  addEventListener('pagehide', leave, { signal });
  addEventListener('online', onOnline, { signal });
  if (store) start();

  return {
    send(event, { precious = false } = {}) {
      if (isClosed) return told(event, 'closed');
      const text = jsonOf(event);
      if (!text) return told(event, 'unserializable');
      const bytes = new TextEncoder().encode(text).length;
      latest = Math.max(Date.now() * 1000, latest + 1);
      add({ text, bytes, precious, at: latest, key: '', tries: 0 });
      if (isTending) return;
      isTending = true;
      void Promise.resolve().then(tend);
    },
    flush() {
      wake();
      return running ?? Promise.resolve();
    },
    close() {
      if (isClosed) return;
      leave();
      isClosed = true;
      clearTimeout(retry);
      stop.abort();
    },
  };
};
