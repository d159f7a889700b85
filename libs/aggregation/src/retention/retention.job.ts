import { JOBS, lastDueOf } from '#libs/contracts';
import { Injectable } from '@nestjs/common';
import type { Job, JobRun } from '../jobs/job.js';
import { JobRunsRepository } from '../jobs/job-runs.repository.js';
import { Retention } from './retention.js';

/**
 * Lets go of what was kept for long enough, once a night; for the first time at night, too: whoever
 * has just upgraded can still look at what it will take, and choose otherwise.
 */
@Injectable()
export class RetentionJob implements Job {
  readonly id = 'retention';
  private readonly startedAt = new Date();

  constructor(
    private readonly retention: Retention,
    private readonly runs: JobRunsRepository,
  ) {}

  async isDue(now: Date): Promise<boolean> {
    const due = lastDueOf(JOBS[this.id].schedule.dailyAt, now);
    const last = await this.runs.lastSuccess(this.id);
    return (last?.startedAt ?? this.startedAt) < due;
  }

  run(run: JobRun): Promise<void> {
    const { now, stop } = run;
    return this.retention.run({ now, stop, gone: ({ rows }) => run.did({ rows }) });
  }
}
