import type { JobId } from '#libs/contracts';

/** What a part of a run did. */
export interface Done {
  readonly rows: number;
  /** The UTC days that changed. */
  readonly days?: readonly string[];
  /** Rows that a recount found to be wrong, and mended. */
  readonly difference?: number;
}

/** One run of a job, as the job sees it. */
export interface JobRun {
  readonly now: Date;
  /** Aborted when the process stops, or another one has the job: finish what is in hand and return. */
  readonly stop: AbortSignal;
  /** Tells what was committed; what it was told stays in the run's entry if the run fails then. */
  did(done: Done): void;
}

/** Something that is to be done again and again, by one process at a time. */
export interface Job {
  /** Its schedule stands in the catalogue. */
  readonly id: JobId;

  /** Whether there is anything to do. Cheap: every process asks at every tick. */
  isDue(now: Date): Promise<boolean>;

  /** Whatever it throws is noted, and the job is tried again soon. */
  run(run: JobRun): Promise<void>;
}

/** The jobs that this process may run. */
export const JOB_LIST = Symbol('JOB_LIST');
