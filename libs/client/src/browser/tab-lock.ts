/** Longer than a sender's turn and the request that ends it. */
const LEASE_MS = 30_000;
const LOOK_AGAIN_MS = 500;
/** For the writes of other tabs to become visible. */
export const SETTLE_MS = 50;

/** A tab may be frozen in the middle of its work: nobody waits for it for ever. */
const PATIENCE_MS = 60_000;

/** For work that never rejects. */
export type Alone = <Result>(work: () => Promise<Result>) => Promise<Result>;

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Runs work in one tab at a time, by Web Locks, which browsers give to secure pages only. */
export const tabLock = (name: string, storage: Storage): Alone => {
  const { locks } = navigator as Partial<Navigator>;
  return locks ? byLock(name, locks) : byLease(name, storage);
};

const byLock =
  (name: string, locks: LockManager): Alone =>
  (work) => {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    const begin = () => {
      clearTimeout(timer);
      return work();
    };
    return locks.request(name, { signal: patience.signal }, begin).catch(begin);
  };

/**
 * By a key in storage that says who works, and until when; a tab that dies leaves it to expire.
 * Two tabs that write it at once read it again: the last one has it.
 */
const byLease = (key: string, storage: Storage): Alone => {
  const me = Math.random().toString(36).slice(2);
  const read = (): string[] => storage.getItem(key)?.split(' ') ?? [];
  const isMine = (): boolean => read()[0] === me;
  const give = (): void => {
    if (isMine()) storage.removeItem(key);
  };
  const take = async (): Promise<void> => {
    while (!isMine()) {
      if (Number(read()[1]) > Date.now()) await pause(LOOK_AGAIN_MS);
      else {
        storage.setItem(key, `${me} ${Date.now() + LEASE_MS}`);
        await pause(SETTLE_MS);
      }
    }
  };
  return async (work) => {
    // A storage that is full shares nothing with other tabs that only one of them may send.
    await take().catch(() => undefined);
    addEventListener('pagehide', give);
    try {
      return await work();
    } finally {
      removeEventListener('pagehide', give);
      give();
    }
  };
};
