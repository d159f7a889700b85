import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { JOB_IDS, JOBS } from '#libs/contracts';
import type { Database } from '#libs/database';
import { AggregationLog } from '../aggregation.log.js';
import type { AggregationMetrics } from '../aggregation.metrics.js';
import type { Job } from './job.js';
import type { JobRunsRepository } from './job-runs.repository.js';
import { Jobs } from './jobs.js';
import type { RunAlone } from './run-alone.js';

describe('a tick', () => {
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
