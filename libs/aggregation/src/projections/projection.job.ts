import { AggregationMetrics } from '../aggregation.metrics.js';
import type { Job, JobRun } from '../jobs/job.js';
import type { Fold } from './fold.js';
import { Projector, type Step } from './projector.repository.js';

/** A run ends after this, so that a long catching-up is seen in the job's entries. */
const LONGEST_RUN_MS = 10_000;

/** Keeps a projection as fresh as its raw events. */
export class ProjectionJob implements Job {
  constructor(
    private readonly fold: Fold,
    private readonly projector: Projector,
    private readonly metrics: AggregationMetrics,
  ) {}

  get id(): Fold['id'] {
    return this.fold.id;
  }

  async isDue(): Promise<boolean> {
    const { isBehind, lagSeconds } = await this.projector.stateOf(this.fold);
    this.metrics.projectionIsLate(this.id, lagSeconds);
    return isBehind;
  }

  async run(run: JobRun): Promise<void> {
    const end = performance.now() + LONGEST_RUN_MS;
    let step: Step;
    do {
      step = await this.projector.step(this.fold);
      run.did(step);
    } while (step.more && !run.stop.aborted && performance.now() < end);
  }
}
