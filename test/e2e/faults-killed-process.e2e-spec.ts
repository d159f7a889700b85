import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FaultyHouse, figure, NOTHING_MISSING } from '../support/faults.js';

jest.setTimeout(180_000);

const ROUNDS = 5;
/** What is promised; a busy machine is given more. */
const ANSWERS_WITHIN_MS = 5000;

describe('a process that is killed under load', () => {
  let house: FaultyHouse;

  beforeEach(async () => {
    house = await FaultyHouse.build();
  });
  afterEach(() => house.clearAway());

  it('has lost nothing that it acknowledged, and answers again within seconds', async () => {
    let footfall = await house.start();
    const load = house.load(() => footfall);
    const restarts: number[] = [];

    for (let round = 0; round < ROUNDS; round++) {
      await load.acknowledges(200 + Math.trunc(Math.random() * 500));
      await footfall.kill9();
      const killedAt = performance.now();
      footfall = await house.again(footfall);
      restarts.push(performance.now() - killedAt);
    }
    await load.acknowledges(200);
    await load.stop();
    await house.drained();

    expect(await house.compare()).toEqual(NOTHING_MISSING);
    expect(load.otherwise).toEqual([]);
    expect(load.notKept.size).toBe(0);
    expect(Math.min(...restarts)).toBeLessThan(ANSWERS_WITHIN_MS);
    expect(Math.max(...restarts)).toBeLessThan(3 * ANSWERS_WITHIN_MS);
  });

  it('has left in the journal what PostgreSQL could not take, for the next process', async () => {
    const first = await house.start();
    await house.postgres.stop('immediate');
    const load = house.load(first);
    await load.acknowledges(1000);
    await first.kill9();
    await load.stop();

    await house.postgres.start();
    await house.again(first);
    await house.drained();

    expect(await house.compare()).toEqual(NOTHING_MISSING);
  });

  it('leaves one row where it dies between the commit and the forgetting', async () => {
    const proxy = await house.proxy();
    const first = await house.start({ settings: { DATABASE_URL: proxy.url } });
    const load = house.load(first);
    await load.acknowledges(300);

    await proxy.swallowAt('committed');
    await first.kill9();
    await load.stop();
    const second = await house.again(first);
    await house.drained();

    expect(await house.compare()).toEqual(NOTHING_MISSING);
    expect(await figure(second, 'events_duplicate_total')).toBeGreaterThan(0);
    expect(await figure(second, 'events_conflict_total')).toBe(0);
  });
});
