import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { Partitions } from './partitions.js';

/** Keeps partitions ahead of the days, whatever the process missed. */
@Injectable()
export class PartitionsJob {
  constructor(private readonly partitions: Partitions) {}

  @Cron(CronExpression.EVERY_10_MINUTES, { timeZone: 'UTC', waitForCompletion: true })
  async run(now: Date = new Date()): Promise<void> {
    await this.partitions.makeAhead(now);
  }
}
