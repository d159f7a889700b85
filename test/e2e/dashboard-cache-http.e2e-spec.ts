import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { TestFootfall } from '../support/footfall.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { RedisServer } from '../support/redis.js';
import { until } from '../support/until.js';

const MINUTE_MS = 60_000;

const ASSET = '/metrics/assets/asset-1?start=2026-01-01&end=2026-01-30';
const CREATOR = '/dashboards/creators/creator-1?period=7d';
const PLATFORM = '/dashboards/platform';

let footfall: TestFootfall;
let server: RedisServer;

const ask = (path: string, headers: Record<string, string> = {}) =>
  footfall.asAdmin('get', path).set(headers);
const answering = () =>
  until('Redis answers', async () => (await footfall.figure('redis_up')) === 1);

const asOf = (body: unknown): string => (body as { asOf: string }).asOf;

describeWith(hasProgram('redis-server'), 'no redis-server on the PATH')(
  'dashboards that are cached in Redis',
  () => {
    beforeAll(async () => {
      server = await RedisServer.start();
      footfall = await (await TestFootfall.start({ REDIS_URL: server.url })).ready();
      const asset = { title: 'Morning in Lisbon', creatorId: 'creator-1' };
      await footfall.asAdmin('put', '/catalog/assets/asset-1').send(asset).expect(201);
    });
    afterAll(async () => {
      await footfall.stop();
      await server.dispose();
    });
    beforeEach(async () => {
      await answering();
      await server.run((client) => client.flushAll());
    });

    it.each([
      [ASSET, 'analytics:asset:asset-1:2026-01-01:2026-01-30', 5],
      [CREATOR, 'analytics:creator:creator-1:7d', 10],
      [PLATFORM, 'analytics:platform:30d', 60],
    ])('keep %s as %s for %d minutes', async (path, key, minutes) => {
      const { body } = await ask(path).expect(200);

      const [keys, text, ttlMs] = await server.run(async (client) => [
        await client.keys('*'),
        await client.get(key),
        await client.pTTL(key),
      ]);

      expect(keys).toEqual([key]);
      expect(JSON.parse(text!)).toEqual(body);
      expect(ttlMs).toBeGreaterThan(minutes * MINUTE_MS - 30_000);
      expect(ttlMs).toBeLessThanOrEqual(minutes * MINUTE_MS);
    });

    it.each([ASSET, CREATOR, PLATFORM])(
      'answer %s with what was read then, and 304 to whoever has it',
      async (path) => {
        const first = await ask(path).expect(200);

        const again = await ask(path).expect(200);
        const unchanged = await ask(path, { 'if-none-match': String(first.headers['etag']) });

        expect(again.body).toEqual(first.body);
        expect(again.headers['etag']).toBe(first.headers['etag']);
        expect(again.headers['cache-control']).toBe('private, no-cache');
        expect([unchanged.status, unchanged.text]).toEqual([304, '']);
      },
    );

    it.each([ASSET, CREATOR, PLATFORM])(
      'answer %s anew where that is asked for, and keep it',
      async (path) => {
        const first = await ask(path);

        const fresh = await ask(path, {
          'cache-control': 'max-age=0, no-cache',
          'if-none-match': String(first.headers['etag']),
        });
        const kept = await ask(path);

        expect(fresh.status).toBe(200);
        expect(Date.parse(asOf(fresh.body))).toBeGreaterThan(Date.parse(asOf(first.body)));
        expect(kept.body).toEqual(fresh.body);
      },
    );

    it.each([
      [ASSET, 'assets/asset-1'],
      [CREATOR, 'creators/creator-1'],
      [PLATFORM, 'platform'],
    ])('answer %s anew once it was forgotten', async (path, what) => {
      const first = await ask(path);

      await footfall.asAdmin('delete', `/cache/${what}`).expect(204);

      expect(asOf((await ask(path)).body)).not.toBe(asOf(first.body));
    });

    it('answer on while Redis is killed', async () => {
      await ask(ASSET);
      await server.kill();

      const answers = await Promise.all([ASSET, CREATOR, PLATFORM].map((path) => ask(path)));

      await server.restart();
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    });

    it('keep nothing of a question that is refused', async () => {
      await ask('/metrics/assets/nothing').expect(404);
      await ask('/metrics/assets/asset-1?start=2026-02-01&end=2026-01-01').expect(400);
      await ask('/dashboards/platform?period=100d').expect(400);

      expect(await server.run((client) => client.keys('*'))).toEqual([]);
    });
  },
);
