import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { AggregationMetrics } from '../aggregation.metrics.js';
import { Work } from '../jobs/work.js';
import type { Rollup } from './rollup.js';
import { Leisure } from './leisure.js';
import { RollupJob } from './rollup.job.js';
import type { RollupsRepository } from './rollups.repository.js';

describe('the job of a rollup', () => {
  let nowMs: number;
  let isBusy: boolean;
  beforeEach(() => {
    nowMs = 1000;
    isBusy = false;
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
  });
  afterEach(() => void jest.restoreAllMocks());

  /** Counting takes so long; `asked` holds whether days were looked for at leisure. */
  const aJob = (tookMs: number, leisure = new Leisure()) => {
    const asked: boolean[] = [];
    const rollups = {
      stateOf: (_: Rollup, atLeisure: boolean) => (
        asked.push(atLeisure),
        Promise.resolve({ isBehind: true, lagSeconds: 0 })
      ),
      touchedDays: (_: Rollup, atLeisure: boolean) =>
        Promise.resolve(atLeisure ? ['2026-01-05'] : []),
      isBusy: () => Promise.resolve(isBusy),
      recountTouched: () => ((nowMs += tookMs), Promise.resolve(1)),
    };
    const job = new RollupJob(
      { id: 'checkout-funnel-daily' } as Rollup,
      rollups as unknown as RollupsRepository,
      { rollupIsLate: () => undefined } as unknown as AggregationMetrics,
      leisure,
    );
    const run = () => job.run(new Work(new Date(), new AbortController().signal));
    return { job, run, asked };
  };

  it('leaves days that hold already what touched them alone for 200 times as long as they took', async () => {
    const { job, run, asked } = aJob(50);

    await job.isDue();
    await run();
    await job.isDue();
    nowMs = 1050 + 200 * 50 - 1;
    await job.isDue();
    nowMs += 1;
    await job.isDue();

    expect(asked).toEqual([true, false, false, true]);
  });

  it('counts a large day when no other does, and as long after the last as that took', async () => {
    const leisure = new Leisure();
    const [one, other, small] = [aJob(2000, leisure), aJob(2000, leisure), aJob(50, leisure)];
    for (const { run } of [one, other, small]) await run();
    nowMs += 1_000_000; // all have rested

    await one.run();
    for (const { job } of [other, small]) await job.isDue();
    nowMs += 1999;
    await other.job.isDue();
    nowMs += 1;
    await other.job.isDue();

    expect(other.asked).toEqual([false, false, true]);
    expect(small.asked).toEqual([true]);
  });

  it('leaves them alone for 2000 times as long while events pour in', async () => {
    const { job, run, asked } = aJob(50);
    await run();
    isBusy = true;
    nowMs = 1050 + 200 * 50;
    await job.isDue();
    isBusy = false;
    await job.isDue();
    isBusy = true;
    nowMs = 1050 + 2000 * 50 - 1;
    await job.isDue();
    nowMs += 1;
    await job.isDue();

    expect(asked).toEqual([false, true, false, true]);
  });

  it('begins no large day that another began while it asked how busy it is', async () => {
    const leisure = new Leisure();
    const [one, other] = [aJob(2000, leisure), aJob(2000, leisure)];
    for (const { run } of [one, other]) await run();
    nowMs += 1_000_000;
    const began = jest.spyOn(leisure, 'began');

    await Promise.all([one.run(), other.run()]);

    expect(began).toHaveBeenCalledTimes(1);
  });

  it('counts no large day while another is being counted', async () => {
    const leisure = new Leisure();
    const [one, other] = [aJob(2000, leisure), aJob(2000, leisure)];
    for (const { run } of [one, other]) await run();
    nowMs += 1_000_000;

    const running = one.run();
    await other.job.isDue();
    await running;

    expect(other.asked).toEqual([false]);
  });
});
