import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { JOB_IDS, JOBS, type JobId } from '#libs/contracts';
import type { Database } from '#libs/database';
import { AggregationLog } from '../aggregation.log.js';
import type { AggregationMetrics } from '../aggregation.metrics.js';
import type { Job } from './job.js';
import type { JobRunsRepository } from './job-runs.repository.js';
import { Jobs } from './jobs.js';
import type { RunAlone } from './run-alone.js';

describe('a tick', () => {
  afterEach(() => void jest.restoreAllMocks());

  it.each([
    ['projection that took as long', 'checkout-sessions', 700, 700],
    ['rollup of a small day', 'checkout-funnel-daily', 150, 3000],
    ['rollup of a huge day', 'checkout-funnel-daily', 9000, 5000],
  ] as const)('leaves a %s alone until it has rested', async (_, id: JobId, tookMs, restMs) => {
    let nowMs = 1000;
    let looks = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
    const isDue = () => ((looks += 1), (nowMs += tookMs), Promise.resolve(false));
    const jobs = new Jobs(
      [{ id, isDue, run: () => Promise.resolve() }],
      { ready: () => Promise.resolve() } as Database,
      {} as RunAlone,
      {} as JobRunsRepository,
      {} as AggregationMetrics,
      new AggregationLog(),
    );
    const lookAt = async (ms: number) => {
      nowMs = ms;
      jobs.tick();
      await turn();
      return looks;
    };
    jobs.onApplicationBootstrap();
    await turn();
    const { schedule } = JOBS[id];
    const everyMs = 'everyMs' in schedule ? schedule.everyMs : 0;
    const due = Math.max(1000 + everyMs - 100, 1000 + tookMs + restMs);

    const first = await lookAt(1000);
    const tooEarly = await lookAt(due - 1);
    const again = await lookAt(due);

    expect([first, tooEarly, again]).toEqual([1, 1, 2]);
    await jobs.onModuleDestroy();
  });

  it('looks after three projections or rollups at once, and after all upkeep', async () => {
    const begun: string[] = [];
    let answer!: (isDue: boolean) => void;
    const answered = new Promise<boolean>((resolve) => (answer = resolve));
    const all = JOB_IDS.map((id): Job => {
      const isDue = () => (begun.push(JOBS[id].kind), answered);
      return { id, isDue, run: () => Promise.resolve() };
    });
    const jobs = new Jobs(
      all,
      { ready: () => Promise.resolve() } as Database,
      {} as RunAlone,
      {} as JobRunsRepository,
      {} as AggregationMetrics,
      new AggregationLog(),
    );
    jobs.onApplicationBootstrap();
    await turn();

    jobs.tick();
    await turn();
    const atOnce = begun.filter((kind) => kind !== 'upkeep').length;
    const upkeep = begun.length - atOnce;
    answer(false);
    await turn();

    expect(atOnce).toBe(3);
    expect(upkeep).toBe(JOB_IDS.filter((id) => JOBS[id].kind === 'upkeep').length);
    expect(begun).toHaveLength(JOB_IDS.length);
    await jobs.onModuleDestroy();
  });
});
