import type { Done, JobRun } from './job.js';

/** Sums up what a run did. */
export class Work implements JobRun {
  rows = 0;
  private readonly days = new Set<string>();
  private difference: number | undefined;

  constructor(
    readonly now: Date,
    readonly stop: AbortSignal,
  ) {}

  did({ rows, days = [], difference }: Done): void {
    this.rows += rows;
    for (const day of days) this.days.add(day);
    if (difference !== undefined) this.difference = (this.difference ?? 0) + difference;
  }

  done(): Done {
    const { rows, difference } = this;
    return { rows, days: [...this.days], ...(difference !== undefined && { difference }) };
  }
}
