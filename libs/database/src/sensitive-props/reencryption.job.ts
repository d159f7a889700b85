import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import type { Database } from '../database.js';
import type { Reencryption } from './reencryption.js';

/** Goes on with a change of keys, from the moment at which the database is there. */
@Injectable()
export class ReencryptionJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly reencryption: Reencryption,
    private readonly database: Database,
  ) {}

  onApplicationBootstrap(): void {
    void this.database.ready().then(() => this.run());
  }

  @Cron(CronExpression.EVERY_MINUTE, { timeZone: 'UTC', waitForCompletion: true })
  run(): Promise<void> {
    this.running ??= this.reencryption
      .run(this.stopping.signal)
      .finally(() => (this.running = undefined));
    return this.running;
  }

  /** The batch in hand is finished: the pool is open still. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}
