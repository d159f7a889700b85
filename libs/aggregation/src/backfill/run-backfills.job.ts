import { DatabaseAwayError } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { AggregationLog } from '../aggregation.log.js';
import type { Job, JobRun } from '../jobs/job.js';
import { BackfillsRepository, type TakenBackfill } from './backfills.repository.js';
import { DayRecount } from './day-recount.repository.js';

/**
 * Runs the backfills that were asked for, one after the other, day by day.
 *
 * The newest day first: most people look at those, and one that is stopped has made them right. A
 * row that began earlier than it says is mended on its own day after it was mended on the later one.
 */
@Injectable()
export class RunBackfillsJob implements Job {
  readonly id = 'run-backfills';

  constructor(
    private readonly backfills: BackfillsRepository,
    private readonly days: DayRecount,
    private readonly log: AggregationLog,
  ) {}

  isDue(): Promise<boolean> {
    return this.backfills.isOneOpen();
  }

  async run(run: JobRun): Promise<void> {
    while (!run.stop.aborted) {
      const backfill = await this.backfills.take();
      if (backfill === null) return;
      await this.next(backfill, run);
    }
  }

  private async next(backfill: TakenBackfill, run: JobRun): Promise<void> {
    const { id, day, isStopping } = backfill;
    if (day !== null && !isStopping) return this.recount(backfill, day, run);
    const state = day === null ? 'done' : 'stopped';
    await this.backfills.end(id, state);
    this.log.backfillEnded(id, state);
  }

  private async recount(backfill: TakenBackfill, day: string, run: JobRun): Promise<void> {
    const startedMs = performance.now();
    try {
      const recounted = await this.days.run(backfill, day, run.stop);
      const durationMs = performance.now() - startedMs;
      await this.backfills.dayIsDone(backfill.id, { day, durationMs, ...recounted });
      run.did({ rows: recounted.rows, days: backfill.dryRun ? [] : [day] });
    } catch (error) {
      if (!run.stop.aborted) await this.failed(backfill, error);
      throw error;
    }
  }

  /** A database that is away is no reason to give up, nor could it be noted. */
  private async failed({ id }: TakenBackfill, error: unknown): Promise<void> {
    if (error instanceof DatabaseAwayError) return;
    const isGivenUp = await this.backfills.failed(id, String(error)).catch(() => false);
    if (isGivenUp) this.log.backfillEnded(id, 'failed');
  }
}
