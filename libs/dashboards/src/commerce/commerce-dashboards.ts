import {
  COMMERCE_EVENT_TYPES,
  type CommerceEventTypeCount,
  type CommerceEventTypes,
  type CommerceOrganizations,
  type CommerceOrganizationsQuestion,
  type CommerceQuestion,
  type CommerceRevenue,
  type CommerceRevenueQuestion,
} from '#libs/contracts';
import type { Caller } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { onlyOwn } from '../owners.js';
import { type DayRange, dayRangeOf, viewOf } from '../ranges/day-range.js';
import { daysAfter, daysFromTo } from '../ranges/utc-days.js';
import {
  CommerceDashboardsRepository,
  type EventTypesRow,
  type Freshness,
} from './commerce-dashboards.repository.js';

const THE_REST = '_OTHER';

/** What commerce earned, and what went on in it. */
@Injectable()
export class CommerceDashboards {
  constructor(private readonly figures: CommerceDashboardsRepository) {}

  /** @throws ContractBreachError for days that are none, or too many. */
  async revenue(
    question: CommerceRevenueQuestion,
    caller: Caller,
    now: Date = new Date(),
  ): Promise<CommerceRevenue> {
    const range = dayRangeOf(question, now);
    const organizationId = onlyOwn(caller, 'organization', question.organizationId);
    const currency = question.currency?.toUpperCase() ?? null;
    const row = await this.figures.revenue(range, organizationId, currency);
    const before = question.compare === undefined ? null : daysBefore(range);
    return {
      range: viewOf(range),
      filters: { organizationId, currency },
      ...spokenOf(row),
      currencies: row.currencies,
      previousPeriod: before && {
        range: viewOf(before),
        currencies: await this.figures.totals(before, organizationId, currency),
      },
      leftOut: row.leftOut,
    };
  }

  /** @throws ContractBreachError for days that are none, or too many. */
  async eventTypes(
    question: CommerceQuestion,
    caller: Caller,
    now: Date = new Date(),
  ): Promise<CommerceEventTypes> {
    const range = dayRangeOf(question, now);
    const organizationId = onlyOwn(caller, 'organization', question.organizationId);
    const row = await this.figures.eventTypes(range, organizationId);
    const items = everyType(row);
    return {
      range: viewOf(range),
      filters: { organizationId },
      ...spokenOf(row),
      events: items.reduce((sum, { events }) => sum + events, 0),
      items,
      leftOut: {
        namesOfEvents: items.find(({ eventType }) => eventType === THE_REST)?.events ?? 0,
      },
    };
  }

  /** @throws ContractBreachError for days that are none, or too many. */
  async organizations(
    question: CommerceOrganizationsQuestion,
    now: Date = new Date(),
  ): Promise<CommerceOrganizations> {
    const range = dayRangeOf(question, now);
    const row = await this.figures.organizations(range, question.limit);
    return {
      range: viewOf(range),
      ...spokenOf(row),
      organizations: row.organizations,
      items: row.items,
    };
  }
}

/** When figures are of, as answers say it. */
export const spokenOf = ({
  asOf,
  newestReceivedAt,
}: Freshness): { asOf: string; newestReceivedAt: string | null } => ({
  asOf: asOf.toISOString(),
  newestReceivedAt: newestReceivedAt?.toISOString() ?? null,
});

/** As many days just before. */
function daysBefore({ from, to }: DayRange): DayRange {
  const days = daysFromTo(from, to);
  return { from: daysAfter(from, -days), to: daysAfter(from, -1), isLastDayIncomplete: false };
}

function everyType({ types }: EventTypesRow): CommerceEventTypeCount[] {
  const happened = new Map(types.map((each) => [each.eventType, each]));
  const known = COMMERCE_EVENT_TYPES.map((eventType) => ({
    ...(happened.get(eventType) ?? { eventType, events: 0, days: [] }),
    isKnown: true,
  }));
  const names = new Set<string>(COMMERCE_EVENT_TYPES);
  const others = types.filter(({ eventType }) => !names.has(eventType));
  return [...known, ...others.map((each) => ({ ...each, isKnown: false }))];
}
