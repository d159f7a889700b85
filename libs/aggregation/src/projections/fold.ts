import type { JobIdOf } from '#libs/contracts';

/**
 * A projection: how the events of a contract are folded into its rows. A new one is one more in the
 * module's list.
 */
export interface Fold {
  readonly id: JobIdOf<'projection'>;
  readonly contract: string;

  /**
   * Folds the rows of some batches of the writer, and answers what it changed (`Folded`). $1 the
   * batches' `created_at`; $2 and $3 bounds of their event times. Repeated, it changes nothing.
   */
  readonly foldBatches: string;

  /**
   * The same for batches that were never folded before: also adds what changes to figures of
   * rollups, so that these need not count the day as a whole. Absent where it does no more.
   */
  readonly foldNewBatches?: string;

  /** Compares the rows of a day with their events, and mends them. */
  readonly recount: Recount;
}

/**
 * $1 the day's beginning, $2 the end of the day after it: the events between are read, but for those
 * of batches that are not folded yet. $3 and $4 of how many slices which one.
 */
export interface Recount {
  /**
   * FROM the raw rows that count from $1 until $2, whoever has folded them: the same for all
   * projections of a contract.
   */
  readonly events: string;
  /** Removes the rows of the day that are not what their events make of them. $5 the day's end. */
  readonly prune: string;
  /** Folds the events from $1 until $2; answers as `foldBatches`. */
  readonly fold: string;
  /**
   * Whether each event makes something of its own: where nothing was removed, the day's events are
   * all that must be folded again.
   */
  readonly foldsEventsAlone?: true;
  /**
   * Does what both do, in one statement that folds each event once: a third of the time. With $5;
   * `mendStatement` makes it. Absent where rows are not folded alone.
   */
  readonly mend?: string;
}

/** What a statement changed. */
export interface Folded {
  readonly rows: number;
  readonly days: readonly string[];
}

/** The projections of this release. */
export const FOLDS = Symbol('FOLDS');
