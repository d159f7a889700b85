import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DashboardCache } from '#libs/dashboards';
import { TestFootfall } from '../support/footfall.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { RedisServer } from '../support/redis.js';
import { until } from '../support/until.js';

const HOUR_MS = 3_600_000;

/** What whoever looks at a dashboard would not notice, on a machine that does other things too. */
const UNNOTICED_MS = 1000;

let footfall: TestFootfall;

const cacheOf = ({ footfall: { app } }: TestFootfall): DashboardCache => app.get(DashboardCache);

/** Asks under a key; `n` is the answer of the database, where it has to be asked. */
const ask = (key: string, n: number, passBy = false, of = footfall): Promise<{ n: number }> =>
  cacheOf(of).through(key, HOUR_MS, passBy, async () => ({ n }));

const forget = (what: string) => footfall.asAdmin('delete', `/cache/${what}`);

describe('a cache of dashboards in memory', () => {
  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
  });
  afterAll(() => footfall.stop());

  it.each([
    ['analytics:asset:asset-1:2026-01-01:2026-01-30', 'assets/asset-1'],
    ['analytics:creator:creator-1:30d', 'creators/creator-1'],
    ['analytics:platform:today', 'platform'],
  ])('forgets %s on demand', async (key, what) => {
    await ask(key, 1);
    const kept = await ask(key, 2);

    const { status, text } = await forget(what);

    expect([kept, status, text]).toEqual([{ n: 1 }, 204, '']);
    expect(await ask(key, 3)).toEqual({ n: 3 });
  });

  it('forgets for administrators only', async () => {
    const { key } = await footfall.makeKey(['dashboards:read', 'events:read']);
    const authorization = `Bearer ${key}`;
    await ask('analytics:platform:7d', 1);

    const forgetAs = (headers: Record<string, string>) =>
      fetch(`${footfall.url}/cache/platform`, { method: 'DELETE', headers });
    const answers = [await forgetAs({}), await forgetAs({ authorization })];

    expect(answers.map(({ status }) => status)).toEqual([401, 403]);
    expect(await ask('analytics:platform:7d', 2)).toEqual({ n: 1 });
  });

  it('tells where its answers came from', async () => {
    const before = await footfall.figure('dashboard_cache_answers_total', '{from="cache"}');
    await ask('analytics:platform:90d', 1);

    await ask('analytics:platform:90d', 2);
    await ask('analytics:platform:90d', 3, true);

    const from = (place: string) =>
      footfall.figure('dashboard_cache_answers_total', `{from="${place}"}`);
    expect(await from('cache')).toBe(before + 1);
    expect(await from('database_as_asked')).toBe(1);
  });
});

describeWith(hasProgram('redis-server'), 'no redis-server on the PATH')(
  'a cache of dashboards in Redis',
  () => {
    let server: RedisServer;

    const inRedis = (): Promise<string[]> =>
      server.run((client) => client.keys('*')).then((keys) => keys.toSorted());
    const answering = () =>
      until('Redis answers', async () => (await footfall.figure('redis_up')) === 1);
    const errors = () => footfall.figure('dashboard_cache_errors_total');

    beforeAll(async () => {
      server = await RedisServer.start();
      footfall = await (await TestFootfall.start({ REDIS_URL: server.url })).ready();
    });
    afterAll(async () => {
      await footfall.stop();
      await server.dispose();
    });
    beforeEach(async () => {
      await server.run((client) => client.flushAll());
      await answering();
    });

    it('has the keys of the contract, nothing but JSON in them, and ends in time', async () => {
      await ask('analytics:creator:creator-1:30d', 7);

      const [keys, text, ttlMs] = await server.run(async (client) => [
        await client.keys('*'),
        await client.get('analytics:creator:creator-1:30d'),
        await client.pTTL('analytics:creator:creator-1:30d'),
      ]);

      expect(keys).toEqual(['analytics:creator:creator-1:30d']);
      expect(text).toBe('{"n":7}');
      expect(ttlMs).toBeGreaterThan(HOUR_MS - 60_000);
      expect(ttlMs).toBeLessThanOrEqual(HOUR_MS);
    });

    it('is shared by all processes, and forgotten for all of them', async () => {
      const other = await (await TestFootfall.start({ REDIS_URL: server.url })).ready();
      try {
        await until('Redis answers', async () => (await other.figure('redis_up')) === 1);
        await ask('analytics:platform:30d', 1);
        const shared = await ask('analytics:platform:30d', 2, false, other);

        await forget('platform');

        expect(shared).toEqual({ n: 1 });
        expect(await ask('analytics:platform:30d', 3, false, other)).toEqual({ n: 3 });
      } finally {
        await other.stop();
      }
    });

    it('forgets one asset, whatever its id means in a pattern', async () => {
      const days = '2026-01-01:2026-01-30';
      const ids = ['a', 'a:b', 'a*', '*', '?', '[a-z]', 'ab', 'a\\'];
      for (const id of ids) await ask(`analytics:asset:${id}:${days}`, 1);
      await ask('analytics:platform:30d', 1);

      for (const id of ['a*', '*', '?', '[a-z]', 'a\\']) {
        expect((await forget(`assets/${encodeURIComponent(id)}`)).status).toBe(204);
      }

      expect(await inRedis()).toEqual([
        `analytics:asset:a:${days}`,
        `analytics:asset:a:b:${days}`,
        `analytics:asset:ab:${days}`,
        'analytics:platform:30d',
      ]);
    });

    it('forgets every range of an asset among thousands of other keys', async () => {
      await server.run((client) =>
        client.mSet(Array.from({ length: 5000 }, (_, i) => [`other:${i}`, 'x'])),
      );
      for (let day = 10; day < 30; day++)
        await ask(`analytics:asset:a:2026-01-${day}:2026-02-01`, 1);

      await forget('assets/a');

      expect(await inRedis()).toHaveLength(5000);
    });

    it('answers on while Redis is killed, says that it cannot forget, and comes back', async () => {
      await ask('analytics:platform:30d', 1);
      const before = await errors();
      await server.kill();

      const alone = [
        await ask('analytics:platform:30d', 2),
        await ask('analytics:platform:30d', 3),
      ];
      const { status, body } = await forget('platform');
      const failed = await errors();
      await server.restart();
      await answering();
      await ask('analytics:platform:30d', 4);

      expect(alone).toEqual([{ n: 2 }, { n: 3 }]);
      expect([status, (body as { code: string }).code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
      expect(failed - before).toBe(4); // each could neither be read nor kept
      expect(await ask('analytics:platform:30d', 5)).toEqual({ n: 4 });
    });

    it('makes nobody wait for a Redis that hangs', async () => {
      await ask('analytics:platform:30d', 1);
      server.hang();

      const waits: number[] = [];
      try {
        for (let n = 2; n < 22; n++) {
          const startedMs = performance.now();
          expect(await ask('analytics:platform:30d', n)).toEqual({ n });
          waits.push(performance.now() - startedMs);
        }
      } finally {
        server.goOn();
      }

      expect(Math.max(...waits)).toBeLessThan(UNNOTICED_MS);
    });

    it('takes an answer that it cannot read for none', async () => {
      await server.run((client) => client.set('analytics:platform:30d', '{"n":'));

      expect(await ask('analytics:platform:30d', 2)).toEqual({ n: 2 });
      expect(await ask('analytics:platform:30d', 3)).toEqual({ n: 2 });
    });
  },
);
