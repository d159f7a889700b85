import { AggregationMetrics } from '../aggregation.metrics.js';
import type { Job, JobRun } from '../jobs/job.js';
import type { Rollup } from './rollup.js';
import { RollupsRepository } from './rollups.repository.js';

/**
 * Days whose figures hold already what touched them are recounted once they have rested so many times
 * as long as that took: half a percent of a core, however large they are.
 */
const LEISURE = 200;

/** Recounts the days of a rollup on which something has changed, however old they are. */
export class RollupJob implements Job {
  /** In the process's own milliseconds. */
  private leisureFrom = 0;

  constructor(
    private readonly rollup: Rollup,
    private readonly rollups: RollupsRepository,
    private readonly metrics: AggregationMetrics,
  ) {}

  get id(): Rollup['id'] {
    return this.rollup.id;
  }

  async isDue(): Promise<boolean> {
    const { isBehind, lagSeconds } = await this.rollups.stateOf(this.rollup, this.atLeisure);
    this.metrics.rollupIsLate(this.id, lagSeconds);
    return isBehind;
  }

  async run(run: JobRun): Promise<void> {
    const startedAt = performance.now();
    const { atLeisure } = this;
    for (const day of await this.rollups.touchedDays(this.rollup, atLeisure)) {
      if (run.stop.aborted) return;
      run.did({ rows: await this.rollups.recountTouched(this.rollup, day), days: [day] });
    }
    const endedAt = performance.now();
    this.leisureFrom = endedAt + LEISURE * (endedAt - startedAt);
  }

  private get atLeisure(): boolean {
    return performance.now() >= this.leisureFrom;
  }
}
