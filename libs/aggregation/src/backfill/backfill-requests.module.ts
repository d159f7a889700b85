import { Module } from '@nestjs/common';
import { AggregationLog } from '../aggregation.log.js';
import { BackfillsController } from './backfills.controller.js';
import { Backfills } from './backfills.js';
import { BackfillsRepository } from './backfills.repository.js';

/**
 * Takes wishes for days to be recounted, in processes that run no jobs: it writes them into a table.
 * Stands before the module that shows jobs, whose `/jobs/:id` would take `/jobs/backfill` for a job.
 */
@Module({
  controllers: [BackfillsController],
  providers: [AggregationLog, Backfills, BackfillsRepository],
})
export class BackfillRequestsModule {}
