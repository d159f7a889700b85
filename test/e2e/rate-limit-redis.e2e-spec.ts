import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { loadConfig, Metrics, Probes, Redis, SharedRateLimiter } from '#libs/platform';
import { TestFootfall } from '../support/footfall.js';
import { type GiftApp, startGiftApp } from '../support/gift-app.js';
import { GIFTS_A_MINUTE } from '../support/gift-contract.js';
import { describeWith, hasProgram } from '../support/needs.js';
import { RedisServer } from '../support/redis.js';
import { until } from '../support/until.js';

const suite = describeWith(hasProgram('redis-server'), 'no redis-server on the PATH');

const TAKER = join(import.meta.dirname, '../support/rate-limit-taker.mjs');
const run = promisify(execFile);
const execute = (script: string, words: readonly string[]) =>
  run(process.execPath, [script, ...words], { timeout: 30_000 });

/** What a sender would not notice, on a machine that does other things too. */
const UNNOTICED_MS = 1000;

let server: RedisServer;
let opened: Redis[];

beforeEach(() => {
  opened = [];
  jest.spyOn(Logger.prototype, 'log').mockReturnValue();
  jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
});
afterEach(async () => {
  await Promise.all(opened.map((redis) => redis.onApplicationShutdown()));
  jest.restoreAllMocks();
});

/** As each process has one. */
function connect(metrics = new Metrics()): Redis {
  const redis = new Redis(loadConfig({ REDIS_URL: server.url }), metrics, new Probes());
  redis.onApplicationBootstrap();
  opened.push(redis);
  return redis;
}

const answering = (redis: Redis): Promise<void> =>
  until('Redis answers this process', () => redis.isAnswering);

async function aLimiter(): Promise<SharedRateLimiter> {
  const redis = connect();
  await answering(redis);
  return new SharedRateLimiter(redis, new Metrics());
}

const several = (count: number, key: string, most = 10) =>
  Array.from({ length: count }, () => ({ key, most, perSeconds: 60 }));

suite('counting in Redis', () => {
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server.dispose());

  it('counts for all processes together', async () => {
    const [one, another] = [await aLimiter(), await aLimiter()];

    expect(await one.take(several(6, 'together'))).toBe(0);
    expect(await another.take(several(4, 'together'))).toBe(0);
    expect(await one.take(several(1, 'together'))).toBeGreaterThan(0);
    expect(await another.take(several(1, 'together'))).toBeGreaterThan(0);
  });

  it('gives two processes no more than one would get', async () => {
    const taken = await Promise.all([1, 2].map(() => execute(TAKER, [server.url, '150', '200'])));

    const given = taken.map(({ stdout }) => Number(stdout));
    expect(given.reduce((sum, each) => sum + each, 0)).toBe(200);
    expect(Math.min(...given)).toBeGreaterThanOrEqual(50);
  });

  it('takes all of what is asked for, or nothing', async () => {
    const limiter = await aLimiter();
    await limiter.take(several(10, 'address'));

    const waitMs = await limiter.take([...several(4, 'user'), ...several(1, 'address')]);

    expect(waitMs).toBeGreaterThan(0);
    expect(await limiter.take(several(10, 'user'))).toBe(0);
  });

  it('counts nothing for what it refuses', async () => {
    const limiter = await aLimiter();
    await limiter.take(several(8, 'batches'));

    expect(await limiter.take(several(3, 'batches'))).toBeGreaterThan(0);
    expect(await limiter.take(several(2, 'batches'))).toBe(0);
  });

  it('gives out no more than there is to many at once', async () => {
    const limiters = [await aLimiter(), await aLimiter()];

    const waits = await Promise.all(
      Array.from({ length: 60 }, (_, i) => limiters[i % 2]!.take(several(1, 'race'))),
    );

    expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(10);
  });

  it('says how long it really is until the window ends', async () => {
    const limiter = await aLimiter();
    await limiter.take(several(10, 'patience'));
    await server.run((client) => client.pExpire('footfall:rate:10/60:patience', 12_345));

    const waitMs = await limiter.take(several(1, 'patience'));

    expect(waitMs).toBeGreaterThan(10_000);
    expect(waitMs).toBeLessThanOrEqual(12_345);
  });

  it('lets what it counted end with its window', async () => {
    const limiter = await aLimiter();
    await limiter.take(several(10, 'window'));

    const ttl = await server.run((client) => client.pTTL('footfall:rate:10/60:window'));
    await server.run((client) => client.pExpire('footfall:rate:10/60:window', 1));

    expect(ttl).toBeGreaterThan(50_000);
    await until('the window is over', async () => (await limiter.take(several(1, 'window'))) === 0);
  });
});

suite('doors whose limits are counted in Redis', () => {
  let apps: GiftApp[];
  let redises: Redis[];

  beforeEach(async () => {
    server = await RedisServer.start();
    redises = [];
    apps = [await start(), await start()];
    await Promise.all(redises.map(answering));
  });
  afterEach(async () => {
    await Promise.all(apps.map((app) => app.stop()));
    await server.dispose();
  });

  const start = (): Promise<GiftApp> =>
    startGiftApp({
      rateLimiter: (metrics) => {
        const redis = connect(metrics);
        redises.push(redis);
        return new SharedRateLimiter(redis, metrics);
      },
    });

  const give = async (app = 0, giver = 'giver'): Promise<{ status: number; retry: number }> => {
    const { status, headers } = await fetch(`http://127.0.0.1:${apps[app]!.port}/gifts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${giver}` },
      body: '{"label":"socks","wish":"kept"}',
    });
    return { status, retry: Number(headers.get('retry-after')) };
  };
  const giveMany = async (count: number, giver?: string): Promise<number[]> => {
    const statuses: number[] = [];
    for (let i = 0; i < count; i++) statuses.push((await give(i % 2, giver)).status);
    return statuses;
  };
  const fallbacks = (app = 0): Promise<number> => apps[app]!.figure('rate_limiter_fallback_total');

  it('share them, and say honestly when to come again', async () => {
    const statuses = await giveMany(GIFTS_A_MINUTE);
    const refused = [await give(0), await give(1)];

    expect(statuses).toEqual(Array(GIFTS_A_MINUTE).fill(202));
    expect(refused.map(({ status }) => status)).toEqual([429, 429]);
    for (const { retry } of refused) {
      expect(retry).toBeGreaterThan(45);
      expect(retry).toBeLessThanOrEqual(60);
    }
    expect(await fallbacks()).toBe(0);
  });

  it('count by themselves when Redis is killed, then together again from nothing', async () => {
    await giveMany(4);
    await server.kill();

    const alone = await giveMany(2 * GIFTS_A_MINUTE);
    const more = await giveMany(2);
    await server.restart();
    await Promise.all(redises.map(answering));
    const together = await giveMany(GIFTS_A_MINUTE + 2);

    expect(alone).toEqual(Array(2 * GIFTS_A_MINUTE).fill(202));
    expect(more).toEqual([429, 429]);
    expect(together).toEqual([...Array<number>(GIFTS_A_MINUTE).fill(202), 429, 429]);
    expect(await fallbacks(0)).toBeGreaterThanOrEqual(GIFTS_A_MINUTE + 1);
    expect(await apps[0]!.figure('redis_up')).toBe(1);
  });

  it('make nobody wait for a Redis that hangs, and come back to it', async () => {
    await giveMany(2, 'fresh-before');
    server.hang();

    const waits: number[] = [];
    for (let i = 0; i < 100; i++) {
      const startedMs = performance.now();
      const { status } = await give(i % 2, `fresh-${i}`);
      expect(status).toBe(202);
      waits.push(performance.now() - startedMs);
    }
    await until('it is known to be away', async () => (await apps[0]!.figure('redis_up')) === 0);
    server.goOn();
    await Promise.all(redises.map(answering));

    const [slowest = 0] = waits.toSorted((a, b) => b - a);
    expect(slowest).toBeLessThan(UNNOTICED_MS);
    // All but the few that met the silence first were not even asked.
    expect(waits.filter((waitMs) => waitMs > 50).length).toBeLessThan(20);
    expect((await giveMany(GIFTS_A_MINUTE + 1, 'fresh-after')).at(-1)).toBe(429);
  });

  it('come back to a Redis that was killed while it hung', async () => {
    server.hang();
    await giveMany(4, 'fresh-before');
    await server.kill();
    await server.restart();
    await Promise.all(redises.map(answering));

    const statuses = await giveMany(GIFTS_A_MINUTE + 1, 'fresh-after');

    expect(statuses.at(-1)).toBe(429);
  });
});

suite('a Footfall with a Redis', () => {
  let footfall: TestFootfall;
  beforeEach(async () => {
    jest.restoreAllMocks(); // its log lines are looked at
    server = await RedisServer.start();
  });
  afterEach(async () => {
    await footfall.stop();
    await server.dispose();
  });

  it('says in readiness and figures whether Redis answers, and stays ready without', async () => {
    footfall = await TestFootfall.start({ REDIS_URL: server.url });
    await footfall.ready();
    const redis = () => footfall.get('/readyz');
    const detailsSay = (status: string) => async () =>
      ((await redis()).body as { details: { redis: { status: string } } }).details.redis.status ===
      status;

    await until('it is up', detailsSay('up'));
    const up = await footfall.figure('redis_up');
    await server.kill();
    await until('it is named', detailsSay('degraded'));
    const { status, body } = await redis();

    expect(up).toBe(1);
    expect(status).toBe(200);
    expect(body).toMatchObject({ details: { redis: { reason: 'Redis does not answer' } } });
    expect(await footfall.figure('redis_up')).toBe(0);
    expect(footfall.logged('REDIS_AWAY')).toHaveLength(1);
  });

  it('starts, and is ready, where Redis never was', async () => {
    await server.kill();
    footfall = await TestFootfall.start({ REDIS_URL: server.url });

    await footfall.ready();
    const { status } = await footfall.get('/readyz');

    expect(status).toBe(200);
    expect(footfall.logged('REDIS_AWAY').length).toBeLessThanOrEqual(1);
  });
});
