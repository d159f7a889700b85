import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Metrics } from '#libs/platform';
import { createCache } from 'cache-manager';
import { keyvOn } from './answer-store.js';
import { CACHE_KEYS, REMEMBERED } from './cache-keys.js';
import { CacheMetrics } from './cache.metrics.js';
import { DashboardCache } from './dashboard-cache.js';
import { MemoryAnswers } from './memory-answers.js';

const HOUR_MS = 3_600_000;
const KEY = CACHE_KEYS.platform('30d');

let cache: DashboardCache;
let metrics: Metrics;
let store: MemoryAnswers;

beforeEach(() => {
  store = new MemoryAnswers();
  metrics = new Metrics();
  cache = new DashboardCache(
    createCache({ stores: [keyvOn(store)] }),
    store,
    new CacheMetrics(metrics),
  );
});

/** A database that answers 1, then 2, and so on. */
const counting = (): (() => Promise<{ n: number }>) => {
  let n = 0;
  return async () => ({ n: ++n });
};

const ask = (fresh: () => Promise<{ n: number }>, key = KEY, passBy = false) =>
  cache.through(key, HOUR_MS, passBy, fresh);

/** A question whose answer the test gives. */
function held(): { fresh: () => Promise<{ n: number }>; answer: (n: number) => void } {
  let answer: (n: number) => void = () => undefined;
  const answered = new Promise<{ n: number }>((resolve) => {
    answer = (n) => resolve({ n });
  });
  return { fresh: () => answered, answer: (n) => answer(n) };
}

/** Everything that is ready to run has run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the cache of dashboards', () => {
  it('asks once, and keeps the answer', async () => {
    const fresh = counting();

    expect([await ask(fresh), await ask(fresh)]).toEqual([{ n: 1 }, { n: 1 }]);
  });

  it('keeps an answer no longer than it was told', async () => {
    const fresh = counting();
    const askBriefly = () => cache.through(KEY, 1, false, fresh);
    const first = await askBriefly();

    let later = first;
    while (later.n === 1) {
      await settled();
      later = await askBriefly();
    }

    expect([first, later]).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('asks once for all who miss at the same time', async () => {
    const fresh = jest.fn(counting());

    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(fresh)));

    expect(fresh).toHaveBeenCalledTimes(1);
    expect(answers).toEqual(Array(20).fill({ n: 1 }));
  });

  it('is passed by where that is asked for, and keeps the fresh answer', async () => {
    const fresh = counting();
    await ask(fresh);

    expect([await ask(fresh, KEY, true), await ask(fresh)]).toEqual([{ n: 2 }, { n: 2 }]);
  });

  it('keeps no error, and tells it to all who wait for it', async () => {
    const fails = () => Promise.reject(new Error('away'));

    const answers = await Promise.allSettled([ask(fails), ask(fails)]);

    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ask(counting())).toEqual({ n: 1 });
  });

  it('never keeps an older answer in place of a younger one', async () => {
    const [older, younger] = [held(), held()];
    const first = ask(older.fresh);
    await settled();
    const second = ask(younger.fresh, KEY, true);
    younger.answer(2);
    await second;
    older.answer(1);

    expect(await first).toEqual({ n: 1 });
    expect(await ask(counting())).toEqual({ n: 2 });
  });

  it('keeps nothing of what was being asked when it was to forget', async () => {
    const old = held();
    const asked = ask(old.fresh);
    await settled();

    await cache.forget(REMEMBERED.ofPlatform());
    old.answer(7);
    await asked;

    expect(await ask(counting())).toEqual({ n: 1 });
  });

  it('forgets all ranges of an asset, and nothing of assets whose ids look alike', async () => {
    const ids = ['a', 'a:b', 'a*', '*', 'ab'];
    const keys = ids.flatMap((id) => [
      CACHE_KEYS.asset(id, '2026-01-01', '2026-01-30'),
      CACHE_KEYS.asset(id, '2026-02-01', '2026-02-02'),
    ]);
    for (const key of keys) await ask(counting(), key);

    await cache.forget(REMEMBERED.ofAsset('a'));
    await cache.forget(REMEMBERED.ofAsset('*'));

    const kept = await Promise.all(keys.map((key) => store.get(key)));
    expect(keys.filter((_, i) => kept[i] === undefined)).toEqual([
      'analytics:asset:a:2026-01-01:2026-01-30',
      'analytics:asset:a:2026-02-01:2026-02-02',
      'analytics:asset:*:2026-01-01:2026-01-30',
      'analytics:asset:*:2026-02-01:2026-02-02',
    ]);
  });

  it('holds no more than so many answers, however many are asked for', async () => {
    const fresh = async () => ({ text: 'x'.repeat(100_000) });
    for (let i = 0; i < 400; i++) {
      await cache.through(CACHE_KEYS.creator(`${i}`, '30d'), HOUR_MS, false, fresh);
    }

    const left: string[] = [];
    for await (const keys of store.keysFrom('')) left.push(...keys);

    expect(left.length).toBeGreaterThan(100);
    expect(left.length).toBeLessThan(400);
    expect(left).toContain('analytics:creator:399:30d');
  });

  it('answers, and counts it, where what is kept cannot be read', async () => {
    await store.set(KEY, '{"n":');

    const answer = await ask(counting());

    expect(answer).toEqual({ n: 1 });
    expect(await metrics.registry.metrics()).toContain('footfall_dashboard_cache_errors_total 1');
    expect(await ask(counting())).toEqual({ n: 1 });
  });
});
