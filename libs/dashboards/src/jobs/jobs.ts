import {
  isJobId,
  JOB_IDS,
  type JobPage,
  JOBS,
  type JobRunView,
  type JobView,
  nextRunOf,
  scheduleInWords,
} from '#libs/contracts';
import type { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { type JobRow, type JobRunRow, JobsRepository } from './jobs.repository.js';

/** Entries of one job: at one a minute those of the last hours. */
const MOST_RUNS = 200;

/** How the jobs of all processes are getting on. */
@Injectable()
export class JobsOverview {
  constructor(private readonly jobs: JobsRepository) {}

  /** Every job, with its last entry. */
  async list(now: Date = new Date()): Promise<JobPage> {
    const rows = await this.jobs.list(JOB_IDS, 1);
    return { items: rows.map((row) => viewOf(row, now)), nextCursor: null };
  }

  /** With its last entries; null where there is no such job. */
  async find(id: string, now: Date = new Date()): Promise<JobView | null> {
    if (!isJobId(id)) return null;
    const [row] = await this.jobs.list([id], MOST_RUNS);
    return row ? viewOf(row, now) : null;
  }
}

/** The same over a database of one's own, for commands. */
export const jobsOf = (database: Database): JobsOverview =>
  new JobsOverview(new JobsRepository(database));

function viewOf({ id, isRunning, lastSuccessAt, runs, ...lags }: JobRow, now: Date): JobView {
  const { kind, description, schedule } = JOBS[id];
  const lag = kind === 'projection' ? lags.projectionLag : lags.rollupLag;
  return {
    id,
    kind,
    description,
    schedule: scheduleInWords(schedule),
    isRunning,
    lagSeconds: kind === 'upkeep' ? null : Math.round(lag ?? 0),
    nextRunAt: nextRunOf(schedule, now).toISOString(),
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    runs: runs.map(runOf),
  };
}

const runOf = ({ startedAt, endedAt, ...run }: JobRunRow): JobRunView => ({
  startedAt: new Date(startedAt).toISOString(),
  endedAt: new Date(endedAt).toISOString(),
  runs: run.runs,
  durationMs: run.durationMs,
  rows: run.rows,
  days: run.days,
  difference: run.difference,
  error: run.error,
});
