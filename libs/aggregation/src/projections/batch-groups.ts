/** A batch of the writer, as a projector sees it. */
export interface Batch {
  readonly xid: string;
  readonly id: string;
  readonly contract: string;
  readonly stored: number;
  /** As text: a Date would cut its microseconds. */
  readonly createdAt: string;
  /** Null where nothing was stored. Without their microseconds. */
  readonly least: Date | null;
  readonly greatest: Date | null;
  /** Whether it was folded before. */
  readonly isRepeat: boolean;
}

/** Batches that one statement folds. */
export interface BatchGroup {
  readonly createdAt: readonly string[];
  readonly from: Date;
  readonly to: Date;
}

/** A statement locks every partition that its range of event times touches. */
const WIDEST_MS = 3 * 86_400_000;

/**
 * The first of the batches that hold at most so many rows together, all of them new or all of them
 * repeats; at least one.
 */
export function firstWithin(batches: readonly Batch[], mostRows: number): Batch[] {
  let rows = 0;
  const end = batches.findIndex(
    ({ stored, isRepeat }, index) =>
      isRepeat !== batches[0]?.isRepeat || ((rows += stored) > mostRows && index > 0),
  );
  return end === -1 ? [...batches] : batches.slice(0, end);
}

/**
 * Puts batches together whose event times lie close to each other: one statement for them all opens
 * few partitions. A batch that reaches further, for the sake of one odd event, is on its own.
 */
export function groupsOf(batches: readonly Batch[]): BatchGroup[] {
  const groups: BatchGroup[] = [];
  for (const { createdAt, least, greatest } of byLeast(batches)) {
    const last = groups.at(-1);
    // Its microseconds are cut off.
    const end = new Date(+greatest + 1);
    if (last && Math.max(+end, +last.to) - +last.from <= WIDEST_MS) {
      const to = end > last.to ? end : last.to;
      groups.splice(-1, 1, { ...last, createdAt: [...last.createdAt, createdAt], to });
    } else {
      groups.push({ createdAt: [createdAt], from: least, to: end });
    }
  }
  return groups;
}

interface Stored {
  readonly createdAt: string;
  readonly least: Date;
  readonly greatest: Date;
}

const byLeast = (batches: readonly Batch[]): Stored[] =>
  batches
    .flatMap(({ createdAt, least, greatest }) =>
      least && greatest ? [{ createdAt, least, greatest }] : [],
    )
    .toSorted((a, b) => +a.least - +b.least);
