import type { JobIdOf } from '#libs/contracts';

/** Figures by day, counted from projections. A new one is one more in the module's list. */
export interface Rollup {
  readonly id: JobIdOf<'rollup'>;
  readonly projections: readonly JobIdOf<'projection'>[];

  /**
   * Those of them that find the days which they touch in rows of another one, or add differences to
   * these figures. None of these folds while a day is counted: what it has not seen of that other one,
   * is counted after it is done, and no difference is added to figures that were counted without it.
   */
  readonly looksUpDays?: readonly JobIdOf<'projection'>[];

  /** Counted from rows that stay when their events go: the figures of no day are final. */
  readonly outlivesEvents?: true;

  /** Counts a day in one statement, and answers what was not so already (`Recounted`). $1 the day. */
  readonly recountDay: string;

  /**
   * Does so for what the projections noted as touched, instead of the whole day. Answers alike.
   * Absent where a whole day is cheap to count.
   */
  readonly recountTouched?: string;
}

export interface Recounted {
  /** Rows of the day. */
  readonly rows: number;
  /** Rows that were added, changed or removed. */
  readonly changed: number;
}

/** The rollups of this release. */
export const ROLLUPS = Symbol('ROLLUPS');
