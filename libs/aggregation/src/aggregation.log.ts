import type { BackfillState, JobId } from '#libs/contracts';
import type { OldPartition } from '#libs/database';
import { Injectable, Logger } from '@nestjs/common';

/** What jobs say, one method a line. */
@Injectable()
export class AggregationLog {
  private readonly logger = new Logger('aggregation');

  /** Said once, until it works again or fails otherwise. */
  jobFailed(job: JobId, error: unknown): void {
    this.logger.error({ type: 'JOB_FAILED', job, error: String(error) });
  }

  jobResumed(job: JobId): void {
    this.logger.log({ type: 'JOB_RESUMED', job });
  }

  /** Every row of the day was right but these; now all are. */
  differenceMended(rollup: JobId, day: string, rows: number): void {
    this.logger.warn({ type: 'ROLLUP_DIFFERENCE_MENDED', rollup, day, rows });
  }

  backfillRequested(
    id: number,
    days: { readonly from: string; readonly to: string; readonly dryRun: boolean },
  ): void {
    this.logger.log({ type: 'BACKFILL_REQUESTED', id, ...days });
  }

  backfillEnded(id: number, state: BackfillState): void {
    this.logger.log({ type: 'BACKFILL_ENDED', id, state });
  }

  partitionDropped({ name, rows, bytes }: OldPartition): void {
    this.logger.log({ type: 'PARTITION_DROPPED', partition: name, rows, bytes });
  }

  projectionBeganAnew(projection: JobId): void {
    this.logger.warn({ type: 'PROJECTION_BEGAN_ANEW', projection });
  }
}
