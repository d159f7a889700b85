const DAY_MS = 86_400_000;

/** When a job runs by itself: again and again, or once a day at a time of UTC, as `HH:MM`. */
export type Schedule = { readonly everyMs: number } | { readonly dailyAt: string };

/** The last moment, up to now, at which a daily job was due. */
export function lastDueOf(dailyAt: string, now: Date): Date {
  const today = new Date(`${now.toISOString().slice(0, 10)}T${dailyAt}:00.000Z`);
  return today <= now ? today : new Date(+today - DAY_MS);
}

/** When a job that has just been looked at is looked at next, if nothing goes wrong. */
export const nextRunOf = (schedule: Schedule, now: Date): Date =>
  'everyMs' in schedule
    ? new Date(+now + schedule.everyMs)
    : new Date(+lastDueOf(schedule.dailyAt, now) + DAY_MS);

/** For a person. */
export const scheduleInWords = (schedule: Schedule): string =>
  'everyMs' in schedule ? `every ${schedule.everyMs / 1000} s` : `daily at ${schedule.dailyAt} UTC`;
