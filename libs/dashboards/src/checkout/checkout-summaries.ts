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
import { filtersOf } from './checkout-filters.js';
import { type CheckoutFigures, CheckoutSummaryRepository } from './checkout-summary.repository.js';

/**
 * What went on in the checkouts. Counts events of these days by name, and sessions by these events
 * alone: no sum of days tells that, so that raw rows are read.
 */
@Injectable()
export class CheckoutSummaries {
  constructor(private readonly summaries: CheckoutSummaryRepository) {}

  /** @throws ContractBreachError for days that are none, or too many. */
  async answer(
    question: CheckoutQuestion,
    caller: Caller,
    now: Date = new Date(),
  ): Promise<CheckoutSummary> {
    const range = dayRangeOf(question, now);
    const filters = filtersOf(question, caller);
    const figures = await this.summaries.figures(range, filters);
    const eventsByName = everyName(figures);
    return {
      range: viewOf(range),
      filters,
      asOf: figures.asOf.toISOString(),
      newestReceivedAt: figures.newestReceivedAt?.toISOString() ?? null,
      sessions: figures.sessions,
      events: eventsByName.reduce((sum, { count }) => sum + count, 0),
      eventsByName,
      conversions: figures.conversions,
      conversionRate: percentage(figures.conversions, figures.sessions),
      leftOut: {
        nonProductionEvents: figures.leftOutEvents,
        nonProductionSessions: figures.leftOutSessions,
      },
    };
  }
}

const everyName = ({ byName }: CheckoutFigures): CheckoutEventCount[] =>
  CHECKOUT_EVENT_NAMES.map((eventName) => {
    const [count, sessions] = byName[eventName] ?? [0, 0];
    return { eventName, count, sessions };
  });
