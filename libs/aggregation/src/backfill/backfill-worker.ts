import type { Database } from '#libs/database';
import { Metrics } from '#libs/platform';
import { AggregationLog } from '../aggregation.log.js';
import { AggregationMetrics } from '../aggregation.metrics.js';
import { FOLD_LIST, ROLLUP_LIST } from '../aggregation.module.js';
import { JobRunsRepository } from '../jobs/job-runs.repository.js';
import { Jobs } from '../jobs/jobs.js';
import { RunAlone } from '../jobs/run-alone.js';
import { Projector } from '../projections/projector.repository.js';
import { RecountRepository } from '../upkeep/recount.repository.js';
import { Backfills } from './backfills.js';
import { BackfillsRepository } from './backfills.repository.js';
import { DayRecount } from './day-recount.repository.js';
import { RunBackfillsJob } from './run-backfills.job.js';

const TICK_MS = 500;

/** Backfills over a database of one's own, for commands. */
export const backfillsOf = (database: Database): Backfills =>
  new Backfills(new BackfillsRepository(database), new AggregationLog());

/**
 * A worker for backfills alone, for a command where no process with that role lives. It works by the
 * same lease as those: should one come to life, either of them does.
 */
export class BackfillWorker {
  private readonly jobs: Jobs;
  private ticking: NodeJS.Timeout | undefined;

  constructor(database: Database) {
    const log = new AggregationLog();
    const recounts = new RecountRepository(database, new Projector(database, log), FOLD_LIST);
    const days = new DayRecount(database, recounts, FOLD_LIST, ROLLUP_LIST);
    const job = new RunBackfillsJob(new BackfillsRepository(database), days, log);
    this.jobs = new Jobs(
      [job],
      database,
      new RunAlone(database),
      new JobRunsRepository(database),
      new AggregationMetrics(new Metrics()),
      log,
    );
  }

  /** May be called again. */
  start(): void {
    if (this.ticking) return;
    this.jobs.onApplicationBootstrap();
    this.ticking = setInterval(() => this.jobs.tick(), TICK_MS);
  }

  /** Resolves once the part in hand is done: what is mended is mended, the rest waits. */
  async stop(): Promise<void> {
    clearInterval(this.ticking);
    await this.jobs.onModuleDestroy();
  }
}
