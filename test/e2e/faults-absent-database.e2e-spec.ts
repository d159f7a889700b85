import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { FaultyHouse, figure, NOTHING_MISSING, readiness, unaccounted } from '../support/faults.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

/** How long PostgreSQL is away: several tries of everybody who asks for it. */
const AWAY_MS = 4000;
const DEGRADED = { status: 200, ails: ['database'] };

describe('PostgreSQL, gone in mid-load', () => {
  let house: FaultyHouse;

  afterEach(() => house.clearAway());

  it.each(['stopped', 'killed', 'paused'] as const)(
    'is not noticed by any sender while it is %s',
    async (how) => {
      house = await FaultyHouse.build();
      const footfall = await house.start();
      const load = house.load(footfall);
      await load.acknowledges(300);

      if (how === 'stopped') await house.postgres.stop('immediate');
      if (how === 'killed') await house.postgres.kill9();
      if (how === 'paused') house.postgres.pause();
      await pause(AWAY_MS);
      const during = await readiness(footfall);
      await load.acknowledges(300);
      if (how === 'paused') house.postgres.resume();
      else await house.postgres.start();
      await load.acknowledges(300);
      await load.stop();
      await house.drained();

      expect(during).toEqual(DEGRADED);
      expect(await house.compare()).toEqual(NOTHING_MISSING);
      expect(load).toMatchObject({ otherwise: [], unanswered: [], refusedConnections: 0 });
      expect(load.notKept.size).toBe(0);
      expect(await figure(footfall, 'events_lost_total')).toBe(0);
      expect(await unaccounted(footfall)).toBe(0);
      expect(await readiness(footfall)).toEqual({ status: 200, ails: [] });
    },
  );

  it('is let go where its connections are half open, and nothing is written twice', async () => {
    house = await FaultyHouse.build();
    const broken = await Promise.all(
      (['commit', 'committed'] as const).map(async (moment) => {
        const proxy = await house.proxy();
        const footfall = await house.start({ settings: { DATABASE_URL: proxy.url } });
        return { moment, proxy, footfall, load: house.load(footfall) };
      }),
    );

    await Promise.all(
      broken.map(async ({ moment, proxy, load }) => {
        await proxy.swallowAt(moment);
        await load.acknowledges(500);
        proxy.heal();
        await load.acknowledges(100);
        await load.stop();
      }),
    );
    await house.drained();

    expect(await house.compare()).toEqual(NOTHING_MISSING);
    for (const { footfall, load } of broken) {
      expect(load).toMatchObject({ otherwise: [], unanswered: [], refusedConnections: 0 });
      expect(await figure(footfall, 'events_lost_total')).toBe(0);
      expect(await unaccounted(footfall)).toBe(0);
    }
  });
});

describe('a start without PostgreSQL', () => {
  let house: FaultyHouse;

  afterEach(() => house.clearAway());

  it('takes events whose offers it cannot know, and stores them once PostgreSQL is there', async () => {
    house = await FaultyHouse.build();
    const before = await house.start();
    await before.kill9();
    await house.postgres.stop('immediate');

    const spawnedAt = performance.now();
    const footfall = await house.again(before);
    const answeredAfter = performance.now() - spawnedAt;
    const load = house.load(footfall);
    await load.acknowledges(500);
    const during = await readiness(footfall);
    await load.stop();
    await house.postgres.start();
    await house.drained();

    expect(answeredAfter).toBeLessThan(15_000);
    expect(during.status).toBe(200);
    expect(during.ails).toEqual(expect.arrayContaining(['database', 'offers']));
    expect(await house.compare()).toEqual(NOTHING_MISSING);
    expect(load).toMatchObject({ otherwise: [], unanswered: [] });
    expect(await figure(footfall, 'events_unresolved')).toBe(0);
    await until('offers are there again', async () => {
      return (await readiness(footfall)).ails.length === 0;
    });
  });

  it('migrates a database that appears for the first time while events wait', async () => {
    house = await FaultyHouse.build();
    await house.postgres.stop('immediate');
    const footfall = await house.spawn();
    await footfall.answering();
    const load = house.load(footfall);
    await load.acknowledges(200);
    await load.stop();

    await house.postgres.start();
    await footfall.ready();
    const waiting = () => figure(footfall, 'events_unresolved');
    await until('events wait for their offer', async () => (await waiting()) > 0);
    await house.offer(footfall, 'offer-1');
    await until('the offer healed them', async () => (await waiting()) === 0);

    expect(await house.compare()).toEqual(NOTHING_MISSING);
    expect(load).toMatchObject({ otherwise: [], unanswered: [] });
  });
});
