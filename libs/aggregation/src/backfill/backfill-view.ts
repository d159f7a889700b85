import {
  type BackfillDayView,
  type BackfillDifference,
  type BackfillView,
  type JobId,
  ROLLUP_IDS,
} from '#libs/contracts';
import type { BackfillDayRow, BackfillRow } from './backfills.repository.js';

const DAY_MS = 86_400_000;

/** A backfill as it is shown. */
export function viewOf(row: BackfillRow): BackfillView {
  const { requestedAt, startedAt, endedAt, rollups, busyMs, ...shown } = row;
  const { days, daysDone, to } = shown;
  const isAtWork = row.state === 'running' && !row.isStopping;
  const leftMs = (busyMs / daysDone) * (days - daysDone);
  return {
    ...shown,
    rollups: rollups ?? ROLLUP_IDS,
    requestedAt: requestedAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    // Never 100 before its end.
    progress: Math.floor((1000 * daysDone) / days) / 10,
    currentDay: daysDone === days ? null : dayBefore(to, daysDone),
    rowsPerSecond: daysDone === 0 ? null : Math.round((1000 * row.rows) / Math.max(busyMs, 1)),
    secondsLeft: isAtWork && daysDone > 0 ? Math.ceil(leftMs / 1000) : null,
  };
}

/** What a backfill did with a day, as it is shown. */
export function dayViewOf({ differences, ...day }: BackfillDayRow): BackfillDayView {
  const found: BackfillDifference[] = Object.entries(differences).map(([of, rows]) => ({
    of: of as JobId,
    rows,
  }));
  return {
    ...day,
    difference: found.reduce((sum, { rows }) => sum + rows, 0),
    differences: found.toSorted((a, b) => (a.of < b.of ? -1 : 1)),
  };
}

const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);
