import type { Config } from '#libs/platform';

/** The contracts whose events are kept for so long and no longer. */
export const RETAINED = ['checkout', 'tracking', 'analytics', 'commerce'] as const;
export type Retained = (typeof RETAINED)[number];

const DAY_MS = 86_400_000;

/** What the settings say of how long things are kept. */
export interface RetentionPolicy {
  /** Months that a contract's events are kept; 0: for ever. */
  readonly months: Readonly<Record<Retained, number>>;
  /** Days that rejected events are kept; 0: for ever. */
  readonly rejectedDays: number;
}

export const policyOf = (config: Config): RetentionPolicy => ({
  months: {
    checkout: config.RETENTION_CHECKOUT,
    tracking: config.RETENTION_TRACKING,
    analytics: config.RETENTION_ANALYTICS,
    commerce: config.RETENTION_COMMERCE,
  },
  rejectedDays: config.REJECTED_EVENTS_RETENTION_DAYS,
});

/**
 * The beginning of the day, in UTC, so many months ago: what is older goes. Of a month that has no
 * such day its last; null for 0 months, which keep everything.
 */
export function cutoffOf(months: number, now: Date): Date | null {
  if (months === 0) return null;
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
  const next = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1);
  const days = Math.round((next - +first) / DAY_MS);
  return new Date(+first + (Math.min(now.getUTCDate(), days) - 1) * DAY_MS);
}

/** Null for 0 days, which keep everything. */
export const rejectedBefore = (days: number, now: Date): Date | null =>
  days === 0 ? null : new Date(+now - days * DAY_MS);
