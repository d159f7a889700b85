import {
  CHECKOUT_FUNNEL_STEPS,
  type CheckoutDimension,
  type CheckoutFunnel,
  type CheckoutFunnelFigures,
  type CheckoutFunnelQuestion,
  type CheckoutFunnelStepFigures,
} from '#libs/contracts';
import type { Caller } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { percentage } from '../percentage.js';
import { type DayRange, dayRangeOf, viewOf } from '../ranges/day-range.js';
import { previousOf } from '../ranges/previous-range.js';
import { aboutSessions, counting, sum } from './about-sessions.js';
import { type AskedSessions, askedSessions, smallestFunnel } from './asked-sessions.sql.js';
import { sessionsFiltersOf } from './checkout-filters.js';
import { countFunnel, type FunnelRow } from './checkout-funnel.sql.js';
import { CheckoutSessionsRepository } from './checkout-sessions.repository.js';

/** How far sessions came. */
@Injectable()
export class CheckoutFunnels {
  constructor(private readonly sessions: CheckoutSessionsRepository) {}

  /** @throws ContractBreachError for days that are none, or too many. */
  async answer(
    question: CheckoutFunnelQuestion,
    caller: Caller,
    now: Date = new Date(),
  ): Promise<CheckoutFunnel> {
    const { order, groupBy = null } = question;
    const filters = sessionsFiltersOf(question, caller);
    const range = dayRangeOf(question, now);
    const previous = question.compare === undefined ? null : previousOf(range, now);
    const days = [previous?.from ?? range.from, range.to] as const;
    const ask = (dimension: CheckoutDimension | null): AskedSessions =>
      askedSessions(smallestFunnel(filters, dimension), days, filters);
    const { asOf, rows } = await this.sessions.count<FunnelRow>(
      countFunnel(ask(groupBy), ask(null), { firstDay: previous && range.from, order, groupBy }),
    );
    const figures = (some: readonly FunnelRow[]): CheckoutFunnelFigures =>
      figuresOf(some, previous);
    const counted = counting(rows);
    const others = counted.filter(({ isTold }) => !isTold);
    return {
      ...aboutSessions(
        { range, filters, asOf },
        rows.filter(({ isPrevious }) => !isPrevious),
      ),
      order,
      previousRange: previous && viewOf(previous),
      total: figures(counted),
      groupBy,
      groups:
        groupBy === null
          ? []
          : groupsOf(
              counted.filter(({ isTold }) => isTold),
              figures,
            ),
      otherGroups: others.length === 0 ? null : figures(others),
    };
  }
}

/** The most sessions first. */
function groupsOf(
  rows: readonly FunnelRow[],
  figures: (rows: readonly FunnelRow[]) => CheckoutFunnelFigures,
): CheckoutFunnel['groups'] {
  const values = [...new Set(rows.map(({ value }) => value))];
  return values
    .map((value) => ({ value, ...figures(rows.filter((row) => row.value === value)) }))
    .toSorted((a, b) => b.sessions - a.sessions || (String(a.value) < String(b.value) ? -1 : 1));
}

function figuresOf(rows: readonly FunnelRow[], previous: DayRange | null): CheckoutFunnelFigures {
  const now = rows.filter(({ isPrevious }) => !isPrevious);
  const before = rows.filter(({ isPrevious }) => isPrevious);
  const sessions = sum(now.map((row) => row.sessions));
  const conversions = sum(now.map((row) => row.conversions));
  const counts = countsOf(now);
  const earlier = countsOf(before);
  return {
    sessions,
    conversions,
    conversionRate: percentage(conversions, sessions),
    steps: counts.map((count, index) =>
      stepOf(index, { counts, earlier: previous === null ? null : earlier[index]! }),
    ),
  };
}

/** Sessions at each step. */
const countsOf = (rows: readonly FunnelRow[]): number[] =>
  CHECKOUT_FUNNEL_STEPS.map((_, index) =>
    sum(rows.map(({ sessions, steps }) => (index === 0 ? sessions : steps[index - 1]!))),
  );

function stepOf(
  index: number,
  { counts, earlier }: { readonly counts: readonly number[]; readonly earlier: number | null },
): CheckoutFunnelStepFigures {
  const sessions = counts[index]!;
  const before = counts[index - 1] ?? sessions;
  return {
    step: CHECKOUT_FUNNEL_STEPS[index]!,
    sessions,
    dropOff: before - sessions,
    percentOfFirst: percentage(sessions, counts[0]!),
    percentOfPrevious: percentage(sessions, before),
    previousPeriod: earlier === null ? null : comparedWith(earlier, sessions),
  };
}

function comparedWith(
  earlier: number,
  sessions: number,
): NonNullable<CheckoutFunnelStepFigures['previousPeriod']> {
  const difference = sessions - earlier;
  return {
    sessions: earlier,
    difference,
    changePercent: earlier === 0 ? null : percentage(difference, earlier),
  };
}
