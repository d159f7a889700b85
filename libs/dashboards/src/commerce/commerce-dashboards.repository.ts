import type {
  CommerceEventTypeCount,
  CommerceLeftOut,
  CurrencyRevenue,
  OrganizationFigures,
  RevenueTotals,
} from '#libs/contracts';
import { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { DayRange } from '../ranges/day-range.js';
import { COMMERCE_EVENT_TYPES_BY_DAY } from './commerce-event-types.sql.js';
import { COMMERCE_ORGANIZATIONS } from './commerce-organizations.sql.js';
import { COMMERCE_REVENUE, REVENUE_OF_CURRENCIES } from './commerce-revenue.sql.js';

/** How fresh figures are. */
export interface Freshness {
  readonly asOf: Date;
  readonly newestReceivedAt: Date | null;
}

export interface RevenueRow extends Freshness {
  readonly currencies: readonly CurrencyRevenue[];
  readonly leftOut: CommerceLeftOut;
}

export interface EventTypesRow extends Freshness {
  /** Those that happened, the most frequent first. */
  readonly types: readonly Omit<CommerceEventTypeCount, 'isKnown'>[];
}

export interface OrganizationsRow extends Freshness {
  readonly organizations: number;
  readonly items: readonly OrganizationFigures[];
}

/** Figures of commerce, from `commerce_daily` alone. */
@Injectable()
export class CommerceDashboardsRepository {
  constructor(private readonly database: Database) {}

  revenue(
    { from, to }: DayRange,
    organizationId: string | null,
    currency: string | null,
  ): Promise<RevenueRow> {
    return this.one(COMMERCE_REVENUE, [from, to, organizationId, currency]);
  }

  totals(
    { from, to }: Pick<DayRange, 'from' | 'to'>,
    organizationId: string | null,
    currency: string | null,
  ): Promise<RevenueTotals[]> {
    return this.database.query(REVENUE_OF_CURRENCIES, [from, to, organizationId, currency]);
  }

  eventTypes({ from, to }: DayRange, organizationId: string | null): Promise<EventTypesRow> {
    return this.one(COMMERCE_EVENT_TYPES_BY_DAY, [from, to, organizationId]);
  }

  organizations({ from, to }: DayRange, limit: number): Promise<OrganizationsRow> {
    return this.one(COMMERCE_ORGANIZATIONS, [from, to, null, limit]);
  }

  private async one<Row>(statement: string, values: readonly unknown[]): Promise<Row> {
    const rows = await this.database.query<Row>(statement, values);
    return rows[0] as Row;
  }
}
