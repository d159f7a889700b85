import type { EventRecord } from '#libs/event-log';
import { Random } from './random.js';

export const DAY_MS = 86_400_000;
/** How many days a demo covers. */
export const DEMO_DAYS = 30;

/** What a demo is made from: the same plan, the same records, on every machine. */
export interface DemoPlan {
  readonly seed: number;
  /** The last of its UTC days, `YYYY-MM-DD`: a whole one, so that nothing lies ahead of now. */
  readonly lastDay: string;
}

/** One day of a demo, and its own chance. */
export interface DemoDay {
  /** 0 is the first. */
  readonly index: number;
  /** Midnight UTC, epoch milliseconds. */
  readonly start: number;
  /** Of a name that no other part of the demo uses. */
  random(name: string): Random;
}

/**
 * What one contract brings to a day. A record may be received on a later day, where the demo puts
 * it in its turn. A further contract is a further source.
 */
export type DemoSource = (day: DemoDay) => Iterable<EventRecord>;

/** The demo that is made today: its last day is yesterday. */
export const planOf = (seed: number, now: number): DemoPlan => ({
  seed,
  lastDay: dateOf(now - DAY_MS),
});

/** `YYYY-MM-DD` of a time. */
export const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const startOf = ({ lastDay }: DemoPlan): number =>
  Date.parse(lastDay) - (DEMO_DAYS - 1) * DAY_MS;

/** Exclusive. */
export const endOf = (plan: DemoPlan): number => startOf(plan) + DEMO_DAYS * DAY_MS;

/** Every day of a plan, in order. */
export function daysOf(plan: DemoPlan): DemoDay[] {
  return Array.from({ length: DEMO_DAYS }, (_, index) => {
    const start = startOf(plan) + index * DAY_MS;
    const prefix = `${plan.seed} ${plan.lastDay} ${dateOf(start)}`;
    return { index, start, random: (name) => new Random(`${prefix} ${name}`) };
  });
}
