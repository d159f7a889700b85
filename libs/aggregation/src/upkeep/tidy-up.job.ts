import { JOBS, lastDueOf } from '#libs/contracts';
import { Injectable } from '@nestjs/common';
import type { Job, JobRun } from '../jobs/job.js';
import { JobRunsRepository } from '../jobs/job-runs.repository.js';
import { TidyUpRepository } from './tidy-up.repository.js';

/** Long enough to look back at what went wrong. */
const KEPT_DAYS = 30;

/** Removes notes that are read and old, once a night. */
@Injectable()
export class TidyUpJob implements Job {
  readonly id = 'tidy-up';

  constructor(
    private readonly notes: TidyUpRepository,
    private readonly runs: JobRunsRepository,
  ) {}

  async isDue(now: Date): Promise<boolean> {
    const last = await this.runs.lastSuccess(this.id);
    return last === null || last.startedAt < lastDueOf(JOBS[this.id].schedule.dailyAt, now);
  }

  async run(run: JobRun): Promise<void> {
    await untilNoneIsLeft(run, () => this.notes.forgetBatches(KEPT_DAYS));
    await untilNoneIsLeft(run, () => this.notes.forgetJobRuns(KEPT_DAYS));
  }
}

async function untilNoneIsLeft(run: JobRun, forgetSome: () => Promise<number>): Promise<void> {
  for (let rows = 1; rows > 0;) {
    run.stop.throwIfAborted();
    rows = await forgetSome();
    run.did({ rows });
  }
}
