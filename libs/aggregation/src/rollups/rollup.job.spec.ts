import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { AggregationMetrics } from '../aggregation.metrics.js';
import { Work } from '../jobs/work.js';
import type { Rollup } from './rollup.js';
import { RollupJob } from './rollup.job.js';
import type { RollupsRepository } from './rollups.repository.js';

describe('the job of a rollup', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('leaves days that hold already what touched them alone for 200 times as long as they took', async () => {
    let nowMs = 1000;
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
    const asked: boolean[] = [];
    const rollups = {
      stateOf: (_: Rollup, atLeisure: boolean) => (
        asked.push(atLeisure),
        Promise.resolve({ isBehind: true, lagSeconds: 0 })
      ),
      touchedDays: () => Promise.resolve(['2026-01-05']),
      recountTouched: () => ((nowMs += 50), Promise.resolve(1)),
    };
    const job = new RollupJob(
      { id: 'checkout-funnel-daily' } as Rollup,
      rollups as unknown as RollupsRepository,
      { rollupIsLate: () => undefined } as unknown as AggregationMetrics,
    );

    await job.isDue();
    await job.run(new Work(new Date(), new AbortController().signal));
    await job.isDue();
    nowMs = 1050 + 200 * 50 - 1;
    await job.isDue();
    nowMs += 1;
    await job.isDue();

    expect(asked).toEqual([true, false, false, true]);
  });
});
