import { DAY_MS, DEMO_DAYS, type DemoDay } from './demo-plan.js';
import type { Random } from './random.js';

const SESSIONS_A_DAY = 180;
/** From the first day to the last. */
const GROWTH = 1.6;
/** From Sunday on. */
const WEEKDAYS = [0.78, 1.04, 1.1, 1.08, 1.05, 1.16, 0.88] as const;
/** By the hour where the buyers live: asleep at night, at leisure after dinner. */
const HOURS = [
  3, 2, 1, 1, 1, 1, 2, 4, 6, 8, 9, 10, 11, 10, 9, 9, 9, 9, 10, 12, 14, 14, 11, 6,
] as const;
const HOURS_BEHIND_UTC = 3;
const HOUR_MS = 3_600_000;

/** How many sessions begin on a day: more from week to week, fewer at weekends. */
export function sessionsOn({ index, start }: DemoDay, random: Random): number {
  const trend = 1 + ((GROWTH - 1) * index) / (DEMO_DAYS - 1);
  const weekday = WEEKDAYS[new Date(start).getUTCDay()] ?? 1;
  return Math.round(SESSIONS_A_DAY * trend * weekday * random.between(0.92, 1.08));
}

/** When a session begins, on this day. */
export function someTimeOn({ start }: DemoDay, random: Random): number {
  const hour = random.pickWeighted([...HOURS.keys()], (each) => HOURS[each] ?? 0);
  const offset = (hour + HOURS_BEHIND_UTC) * HOUR_MS + random.whole(0, HOUR_MS);
  return start + (offset % DAY_MS);
}
