import { AggregationMetrics } from '../aggregation.metrics.js';
import type { Job, JobRun } from '../jobs/job.js';
import type { Leisure } from './leisure.js';
import type { Rollup } from './rollup.js';
import { RollupsRepository } from './rollups.repository.js';

/**
 * Days whose figures hold already what touched them are recounted once they have rested so many times
 * as long as that took: half a percent of a core, however large they are.
 */
const RESTS = 200;
/** While events pour in, days rest up to so many times as long: their writer needs the cores. */
const MOST_RESTS = 2000;
/** What takes longer waits for its turn among all rollups. */
const LONG_MS = 100;

/** Recounts the days of a rollup on which something has changed, however old they are. */
export class RollupJob implements Job {
  /** The end of the last run, in the process's own milliseconds, and what it took. */
  private last = { endedAt: 0, tookMs: 0 };
  /** The last time that days were counted at leisure. */
  private tookMs = 0;

  constructor(
    private readonly rollup: Rollup,
    private readonly rollups: RollupsRepository,
    private readonly metrics: AggregationMetrics,
    private readonly leisure: Leisure,
  ) {}

  get id(): Rollup['id'] {
    return this.rollup.id;
  }

  async isDue(): Promise<boolean> {
    const { isBehind, lagSeconds } = await this.rollups.stateOf(
      this.rollup,
      (await this.hasRested()) && this.isFree,
    );
    this.metrics.rollupIsLate(this.id, lagSeconds);
    return isBehind;
  }

  async run(run: JobRun): Promise<void> {
    // Whether it is free is asked last: another rollup may have begun meanwhile.
    const atLeisure = (await this.hasRested()) && this.isFree;
    const takesTurn = atLeisure && this.isLong;
    if (takesTurn) this.leisure.began();
    const startedAt = performance.now();
    try {
      await this.recount(run, atLeisure);
    } finally {
      const endedAt = performance.now();
      const tookMs = endedAt - startedAt;
      if (takesTurn) this.leisure.ended(endedAt, tookMs);
      if (atLeisure) this.tookMs = tookMs;
      this.last = { endedAt, tookMs };
    }
  }

  private async recount(run: JobRun, atLeisure: boolean): Promise<void> {
    for (const day of await this.rollups.touchedDays(this.rollup, atLeisure)) {
      if (run.stop.aborted) return;
      run.did({ rows: await this.rollups.recountTouched(this.rollup, day), days: [day] });
    }
  }

  private get isLong(): boolean {
    return this.tookMs >= LONG_MS;
  }

  private get isFree(): boolean {
    return !this.isLong || this.leisure.isFree(performance.now());
  }

  private async hasRested(): Promise<boolean> {
    const { endedAt, tookMs } = this.last;
    const restedMs = performance.now() - endedAt;
    if (restedMs < RESTS * tookMs) return false;
    return restedMs >= MOST_RESTS * tookMs || !(await this.rollups.isBusy());
  }
}
