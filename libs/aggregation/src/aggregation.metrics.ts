import { JOB_IDS, type JobId, type JobIdOf, JOBS } from '#libs/contracts';
import { Metrics } from '#libs/platform';
import { Injectable } from '@nestjs/common';

const RUN_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 20, 60, 300];

/** How jobs get on, and how late and how right what they keep is. */
@Injectable()
export class AggregationMetrics {
  private readonly runs;
  private readonly seconds;
  private readonly rows;
  private readonly projectionLag;
  private readonly rollupLag;
  private readonly difference;

  constructor(metrics: Metrics) {
    this.runs = metrics.counter(
      'job_runs_total',
      'Runs of jobs that had something to do, by how they ended.',
      ['job', 'outcome'],
    );
    this.seconds = metrics.histogram('job_run_seconds', 'How long runs took.', RUN_SECONDS, [
      'job',
    ]);
    this.rows = metrics.counter('job_rows_total', 'Rows that jobs wrote or removed.', ['job']);
    this.projectionLag = metrics.gauge(
      'projection_lag_seconds',
      'For how long the oldest events wait that a projection has not folded.',
      ['projection'],
    );
    this.rollupLag = metrics.gauge(
      'rollup_lag_seconds',
      'For how long the oldest day waits that a rollup has not recounted.',
      ['rollup'],
    );
    this.difference = metrics.gauge(
      'rollup_difference',
      'Rows that the last nightly recount found to be wrong, and mended.',
    );
    this.beginAtZero();
  }

  ended(job: JobId, { seconds, rows, failed }: { seconds: number; rows: number; failed: boolean }) {
    this.runs.inc({ job, outcome: failed ? 'failed' : 'done' });
    this.seconds.observe({ job }, seconds);
    this.rows.inc({ job }, rows);
  }

  projectionIsLate(projection: JobIdOf<'projection'>, seconds: number): void {
    this.projectionLag.set({ projection }, seconds);
  }

  rollupIsLate(rollup: JobIdOf<'rollup'>, seconds: number): void {
    this.rollupLag.set({ rollup }, seconds);
  }

  differed(rows: number): void {
    this.difference.set(rows);
  }

  /** A series that appears with its first failure cannot be seen to rise. */
  private beginAtZero(): void {
    for (const job of JOB_IDS) {
      this.runs.inc({ job, outcome: 'done' }, 0);
      this.runs.inc({ job, outcome: 'failed' }, 0);
      this.rows.inc({ job }, 0);
      this.seconds.zero({ job });
      const { kind } = JOBS[job];
      if (kind === 'projection') this.projectionLag.set({ projection: job }, 0);
      if (kind === 'rollup') this.rollupLag.set({ rollup: job }, 0);
    }
  }
}
