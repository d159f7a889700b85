import { AggregationMetrics } from '../aggregation.metrics.js';
import type { Job, JobRun } from '../jobs/job.js';
import type { Rollup } from './rollup.js';
import { RollupsRepository } from './rollups.repository.js';

/** Recounts the days of a rollup on which something has changed, however old they are. */
export class RollupJob implements Job {
  constructor(
    private readonly rollup: Rollup,
    private readonly rollups: RollupsRepository,
    private readonly metrics: AggregationMetrics,
  ) {}

  get id(): Rollup['id'] {
    return this.rollup.id;
  }

  async isDue(): Promise<boolean> {
    const { isBehind, lagSeconds } = await this.rollups.stateOf(this.rollup);
    this.metrics.rollupIsLate(this.id, lagSeconds);
    return isBehind;
  }

  async run(run: JobRun): Promise<void> {
    for (const day of await this.rollups.touchedDays(this.rollup)) {
      if (run.stop.aborted) return;
      run.did({ rows: await this.rollups.recountTouched(this.rollup, day), days: [day] });
    }
  }
}
