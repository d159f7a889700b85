import { type JobId, JOBS } from '#libs/contracts';
import { Database } from '#libs/database';
import { textWithin } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import type { Done } from './job.js';
import { ADD_JOB_RUN, LAST_SUCCESS } from './job-runs.sql.js';

const MOST_OF_AN_ERROR = 500;

/** A run that has ended. */
export interface EndedRun extends Done {
  readonly job: JobId;
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** Null where it ended well. */
  readonly error: string | null;
}

export interface Success {
  readonly startedAt: Date;
  readonly difference: number | null;
}

/** What jobs did. */
@Injectable()
export class JobRunsRepository {
  constructor(private readonly database: Database) {}

  async add({
    job,
    startedAt,
    endedAt,
    rows,
    days = [],
    difference,
    error,
  }: EndedRun): Promise<void> {
    await this.database.query(ADD_JOB_RUN, [
      job,
      startedAt,
      endedAt,
      +endedAt - +startedAt,
      rows,
      days,
      difference ?? null,
      error === null ? null : textWithin(error.replaceAll('\0', ''), MOST_OF_AN_ERROR),
      'everyMs' in JOBS[job].schedule,
    ]);
  }

  async lastSuccess(job: JobId): Promise<Success | null> {
    const [row] = await this.database.query<Success>(LAST_SUCCESS, [job]);
    return row ?? null;
  }
}
