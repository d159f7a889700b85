import { Module } from '@nestjs/common';
import { AggregationLog } from '../aggregation.log.js';
import { RETENTION } from './retention-providers.js';
import { RetentionController } from './retention.controller.js';

/** Shows what retention would take, also in processes that run no jobs. */
@Module({ controllers: [RetentionController], providers: [AggregationLog, ...RETENTION] })
export class RetentionPreviewModule {}
