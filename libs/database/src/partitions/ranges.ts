export type PartitionInterval = 'day' | 'month';

/** Event times from (inclusive) to (exclusive), both at midnight UTC. */
export interface Range {
  readonly from: Date;
  readonly to: Date;
}

const DAY_MS = 86_400_000;

const dayOf = (time: Date): Date => new Date(Math.floor(+time / DAY_MS) * DAY_MS);
const daysAfter = (day: Date, days: number): Date => new Date(+day + days * DAY_MS);
const monthOf = (time: Date): Date =>
  new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), 1));
const nextMonth = (month: Date): Date =>
  new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1));

/** The ranges that hold the days from `now - behindDays` to `now + aheadDays`. */
export function rangesAround(
  now: Date,
  interval: PartitionInterval,
  { aheadDays, behindDays }: { readonly aheadDays: number; readonly behindDays: number },
): Range[] {
  const first = daysAfter(dayOf(now), -behindDays);
  const last = daysAfter(dayOf(now), aheadDays);
  return interval === 'day' ? daysBetween(first, daysAfter(last, 1)) : monthsBetween(first, last);
}

function monthsBetween(first: Date, last: Date): Range[] {
  const months: Range[] = [];
  for (let from = monthOf(first); from <= last; from = nextMonth(from)) {
    months.push({ from, to: nextMonth(from) });
  }
  return months;
}

function daysBetween(first: Date, end: Date): Range[] {
  const days: Range[] = [];
  for (let from = first; from < end; from = daysAfter(from, 1)) {
    days.push({ from, to: daysAfter(from, 1) });
  }
  return days;
}

const overlaps = (a: Range, b: Range): boolean => a.from < b.to && b.from < a.to;
const covers = (outer: Range, inner: Range): boolean =>
  outer.from <= inner.from && outer.to >= inner.to;

/**
 * What of `wanted` no partition holds yet. Where the setting was changed from days to months, a
 * month that holds some days already is filled up with days.
 */
export function missingRanges(wanted: readonly Range[], existing: readonly Range[]): Range[] {
  return wanted.flatMap((range) => {
    const neighbours = existing.filter((other) => overlaps(other, range));
    if (neighbours.length === 0) return [range];
    if (neighbours.some((other) => covers(other, range))) return [];
    return daysBetween(range.from, range.to).filter(
      (day) => !neighbours.some((other) => overlaps(other, day)),
    );
  });
}

/** Whole days after `now` up to which every event has a partition. */
export function daysAhead(now: Date, existing: readonly Range[]): number {
  let end = dayOf(now);
  for (;;) {
    const day = { from: end, to: daysAfter(end, 1) };
    const holder = existing.find((range) => covers(range, day));
    if (holder === undefined) return Math.max(0, Math.round((+end - +dayOf(now)) / DAY_MS) - 1);
    end = holder.to;
  }
}

/** `_p20260131` for a day, `_p202601` for a month. */
export function suffixOf({ from, to }: Range): string {
  const day = from.toISOString().slice(0, 10).replaceAll('-', '');
  return +to - +from === DAY_MS ? `_p${day}` : `_p${day.slice(0, 6)}`;
}
