/** A place between two records of one journal. */
export interface Position {
  readonly segment: number;
  readonly offset: number;
}

/** Negative where `a` lies before `b`. */
export const compare = (a: Position, b: Position): number =>
  a.segment - b.segment || a.offset - b.offset;
