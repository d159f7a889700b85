import {
  type CheckoutTimeline,
  type CheckoutTimelineBucket,
  type CheckoutTimelineQuestion,
  MOST_DAYS_BY_HOUR,
  MOST_DAYS_OF_A_ZONE,
  type TimelineUnit,
} from '#libs/contracts';
import { type Caller, ContractBreachError } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { percentage } from '../percentage.js';
import { dayRangeOf } from '../ranges/day-range.js';
import { type LocalDay, TimeZone } from '../ranges/time-zone.js';
import { aboutSessions, counting, sum } from './about-sessions.js';
import { sessionsFiltersOf } from './checkout-filters.js';
import { CheckoutSessionsRepository } from './checkout-sessions.repository.js';
import { countTimeline, type TimelineRow } from './checkout-timeline.sql.js';

const HOUR_MS = 3_600_000;

/** Up to so many days are shown by the hour where the question does not say. */
const FEW_DAYS = 2;

/** Sessions and conversions in the course of time. */
@Injectable()
export class CheckoutTimelines {
  constructor(private readonly sessions: CheckoutSessionsRepository) {}

  /** @throws ContractBreachError for days or a time zone that are none, or too many. */
  async answer(
    question: CheckoutTimelineQuestion,
    caller: Caller,
    now: Date = new Date(),
  ): Promise<CheckoutTimeline> {
    const zone = new TimeZone(question.timeZone ?? 'UTC');
    const isUtc = zone.name === 'UTC';
    const mostDays = isUtc ? undefined : MOST_DAYS_OF_A_ZONE;
    const range = dayRangeOf(question, zone.wallClock(now), mostDays);
    const filters = sessionsFiltersOf(question, caller);
    const days = zone.daysOf(range);
    const by = unitOf(question.by, days.length);
    const starts = by === 'day' ? days : days.flatMap(hoursOf);
    const edges = [...starts.map(({ start }) => start), days.at(-1)!.end];
    const { asOf, rows } = await this.sessions.count<TimelineRow>(
      countTimeline(edges, { filters, daysOfUtc: isUtc && by === 'day' }),
    );
    const within = rows.filter(({ bucket }) => bucket > 0 && bucket <= starts.length);
    const counted = counting(within);
    const inBuckets: TimelineRow[][] = starts.map(() => []);
    for (const row of counted) inBuckets[row.bucket - 1]!.push(row);
    const buckets = starts.map(({ day, start, end }, index) => ({
      start: new Date(start).toISOString(),
      day,
      ...figuresOf(inBuckets[index]!),
      isIncomplete: end > +now,
    }));
    return {
      ...aboutSessions({ range, filters, asOf }, within),
      range: { ...range, timeZone: zone.name },
      by,
      ...figuresOf(counted),
      buckets,
    };
  }
}

/** @throws ContractBreachError for too many hours. */
function unitOf(asked: TimelineUnit | undefined, days: number): TimelineUnit {
  if (asked === 'hour' && days > MOST_DAYS_BY_HOUR) {
    const reason = `may be \`hour\` for at most ${MOST_DAYS_BY_HOUR} days`;
    throw new ContractBreachError([{ field: 'by', reason }]);
  }
  return asked ?? (days <= FEW_DAYS ? 'hour' : 'day');
}

const hoursOf = ({ day, start, end }: LocalDay): LocalDay[] =>
  Array.from({ length: (end - start) / HOUR_MS }, (_, hour) => {
    const from = start + hour * HOUR_MS;
    return { day, start: from, end: from + HOUR_MS };
  });

function figuresOf(
  rows: readonly TimelineRow[],
): Pick<CheckoutTimelineBucket, 'sessions' | 'conversions' | 'conversionRate'> {
  const sessions = sum(rows.map((row) => row.sessions));
  const conversions = sum(rows.map((row) => row.conversions));
  return { sessions, conversions, conversionRate: percentage(conversions, sessions) };
}
