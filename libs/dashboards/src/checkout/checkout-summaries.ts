import {
  CHECKOUT_EVENT_NAMES,
  type CheckoutEventCount,
  type CheckoutQuestion,
  type CheckoutSummary,
} from '#libs/contracts';
import type { Caller } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { percentage } from '../percentage.js';
import { dayRangeOf, viewOf } from '../ranges/day-range.js';
import { newestOf, sum } from './about-sessions.js';
import { askedSessions, isOfAllOffers, smallestFunnel } from './asked-sessions.sql.js';
import { filtersOf, ofAllSessions } from './checkout-filters.js';
import { CheckoutSessionsRepository } from './checkout-sessions.repository.js';
import { countSummary, eventsDaily, type SummaryRow } from './checkout-summary.sql.js';

/** What went on in the checkouts. */
@Injectable()
export class CheckoutSummaries {
  constructor(private readonly sessions: CheckoutSessionsRepository) {}

  /** @throws ContractBreachError for days that are none, or too many. */
  async answer(
    question: CheckoutQuestion,
    caller: Caller,
    now: Date = new Date(),
  ): Promise<CheckoutSummary> {
    const range = dayRangeOf(question, now);
    const filters = filtersOf(question, caller);
    const all = ofAllSessions(filters);
    const days = [range.from, range.to] as const;
    const { asOf, rows } = await this.sessions.count<SummaryRow>(
      countSummary(
        askedSessions(smallestFunnel(all), days, all),
        askedSessions(eventsDaily(isOfAllOffers(all)), days, all),
      ),
    );
    return {
      range: viewOf(range),
      filters,
      asOf: asOf.toISOString(),
      newestReceivedAt: newestOf(rows),
      ...figuresOf(rows),
    };
  }
}

function figuresOf(
  rows: readonly SummaryRow[],
): Pick<
  CheckoutSummary,
  'sessions' | 'events' | 'eventsByName' | 'conversions' | 'conversionRate' | 'leftOut'
> {
  const total = (
    figure: 'sessions' | 'conversions' | 'events',
    isAsked: (row: SummaryRow) => boolean,
  ): number => sum(rows.filter(isAsked).map((row) => row[figure]));
  const ofSessions = ({ name, leftOut }: SummaryRow) => name === null && leftOut === null;
  const sessions = total('sessions', ofSessions);
  const conversions = total('conversions', ofSessions);
  return {
    sessions,
    events: total('events', ({ leftOut }) => leftOut === null),
    eventsByName: CHECKOUT_EVENT_NAMES.map((eventName): CheckoutEventCount => {
      const ofName = ({ name, leftOut }: SummaryRow) => name === eventName && leftOut === null;
      return { eventName, count: total('events', ofName), sessions: total('sessions', ofName) };
    }),
    conversions,
    conversionRate: percentage(conversions, sessions),
    leftOut: {
      nonProductionEvents: total('events', ({ leftOut }) => leftOut !== null),
      nonProductionSessions: total(
        'sessions',
        ({ name, leftOut }) => name === null && leftOut !== null,
      ),
    },
  };
}
