import type { JobId } from '#libs/contracts';
import { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { LIST_JOBS } from './list-jobs.sql.js';

/** Times as PostgreSQL writes them in JSON. */
export interface JobRunRow {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly runs: number;
  readonly durationMs: number;
  readonly rows: number;
  readonly days: readonly string[];
  readonly difference: number | null;
  readonly error: string | null;
}

export interface JobRow {
  readonly id: JobId;
  readonly isRunning: boolean;
  /** Null where nothing waits. */
  readonly projectionLag: number | null;
  readonly rollupLag: number | null;
  readonly lastSuccessAt: Date | null;
  readonly runs: readonly JobRunRow[];
}

@Injectable()
export class JobsRepository {
  constructor(private readonly database: Database) {}

  /** Each with its last entries, newest first. */
  list(ids: readonly JobId[], mostRuns: number): Promise<JobRow[]> {
    return this.database.query<JobRow>(LIST_JOBS, [ids, mostRuns]);
  }
}
