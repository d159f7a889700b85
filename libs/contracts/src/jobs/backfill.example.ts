import type { BackfillDetailView } from './backfill-view.dto.js';

/** Two of four days are done, and one row was wrong. */
export const BACKFILL_EXAMPLE: BackfillDetailView = {
  id: 1,
  from: '2026-01-27',
  to: '2026-01-30',
  dryRun: false,
  rollups: ['checkout-funnel-daily'],
  state: 'running',
  isStopping: false,
  requestedAt: '2026-01-31T09:00:00.000Z',
  startedAt: '2026-01-31T09:00:01.012Z',
  endedAt: null,
  days: 4,
  daysDone: 2,
  progress: 50,
  currentDay: '2026-01-28',
  rows: 320_000,
  rowsPerSecond: 80_000,
  secondsLeft: 4,
  difference: 2,
  error: null,
  doneDays: [
    {
      day: '2026-01-30',
      rows: 160_000,
      durationMs: 1900,
      difference: 2,
      differences: [
        { of: 'checkout-funnel-daily', rows: 1 },
        { of: 'checkout-sessions', rows: 1 },
      ],
    },
    { day: '2026-01-29', rows: 160_000, durationMs: 2100, difference: 0, differences: [] },
  ],
};
