import { JOBS, lastDueOf } from '#libs/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { AggregationLog } from '../aggregation.log.js';
import { AggregationMetrics } from '../aggregation.metrics.js';
import type { Job, JobRun } from '../jobs/job.js';
import { JobRunsRepository } from '../jobs/job-runs.repository.js';
import { type Rollup, ROLLUPS } from '../rollups/rollup.js';
import { RecountRepository } from './recount.repository.js';

const DAY_MS = 86_400_000;

/**
 * Recounts yesterday from its raw events, once a night. Nothing should differ: what does is counted,
 * said and mended.
 */
@Injectable()
export class NightlyRecountJob implements Job {
  readonly id = 'nightly-recount';

  constructor(
    private readonly recounts: RecountRepository,
    @Inject(ROLLUPS) private readonly rollups: readonly Rollup[],
    private readonly runs: JobRunsRepository,
    private readonly metrics: AggregationMetrics,
    private readonly log: AggregationLog,
  ) {}

  /** Also tells what the last recount found, whichever process made it. */
  async isDue(now: Date): Promise<boolean> {
    const last = await this.runs.lastSuccess(this.id);
    this.metrics.differed(last?.difference ?? 0);
    return last === null || last.startedAt < lastDueOf(JOBS[this.id].schedule.dailyAt, now);
  }

  async run(run: JobRun): Promise<void> {
    const day = new Date(+run.now - DAY_MS).toISOString().slice(0, 10);
    for (const rollup of this.rollups) {
      run.stop.throwIfAborted();
      const difference = await this.recounts.recount(rollup, day, run.stop);
      if (difference > 0) this.log.differenceMended(rollup.id, day, difference);
      run.did({ rows: difference, days: [day], difference });
    }
  }
}
