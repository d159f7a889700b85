import type {
  CommerceOrdersFilters,
  CommercePayoutsFilters,
  CommerceReferralsFilters,
  OrderView,
  PayoutTotals,
  PayoutView,
  ReferralAmounts,
  ReferralEntry,
  ReferralFunnel,
} from '#libs/contracts';
import { Database, PreparedStatements } from '#libs/database';
import type { Position } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { type DayRange, momentsOf } from '../ranges/day-range.js';
import type { Freshness } from './commerce-dashboards.repository.js';
import { COMMERCE_FRESHNESS, commerceOrders } from './commerce-orders.sql.js';
import { PAYOUT_PAIRS, PAYOUT_TOTALS } from './commerce-payouts.sql.js';
import { REFERRAL_FUNNEL, REFERRAL_LEDGER } from './commerce-referrals.sql.js';

/** More than the ways in which people ask for orders again. */
const MOST_PREPARED = 10;

/** A view as the database answers it: its times are no text yet. */
type Timed<View, Times extends keyof View> = Omit<View, Times> & {
  readonly [Time in Times]: null extends View[Time] ? Date | null : Date;
} & { readonly positionTime: string };

/** Its times as PostgreSQL writes them in JSON. */
export type OrderRow = OrderView & { readonly positionTime: string };
export type ReferralRow = Timed<ReferralEntry, 'happenedAt'> & { readonly fact: string };
export type PayoutRow = Timed<PayoutView, 'calculatedAt' | 'sentAt'>;

export interface OrdersRow extends Freshness {
  readonly rows: readonly OrderRow[];
}

export interface FunnelRow extends Freshness {
  readonly counts: Omit<ReferralFunnel, 'claimedLinks' | 'claimRate'>;
  readonly claimedLinks: number;
  readonly leftOutPayments: number;
  readonly amounts: readonly ReferralAmounts[];
}

export interface PayoutTotalsRow {
  readonly totals: readonly PayoutTotals[];
  readonly leftOutPayments: number;
}

/** A part of a list: so many rows behind a place; `ids` tell two of one time apart. */
export interface Page {
  readonly after: { readonly time: string; readonly ids: readonly string[] } | null;
  readonly limit: number;
}

/** Where a list ended, as its cursor says. */
export const placeOf = (time: string, ids: readonly (string | null)[]): Position => ({
  time,
  id: JSON.stringify(ids.map((id) => id ?? '')),
});

/** Single orders, payouts and entries of the ledger. */
@Injectable()
export class CommerceLedgersRepository {
  private readonly ofOrders = new PreparedStatements(MOST_PREPARED);

  constructor(private readonly database: Database) {}

  async freshness({ from, to }: DayRange, organizationId: string | null): Promise<Freshness> {
    const rows = await this.database.query<Freshness>(COMMERCE_FRESHNESS, [
      from,
      to,
      organizationId,
    ]);
    return rows[0] as Freshness;
  }

  async orders(
    range: DayRange,
    filters: CommerceOrdersFilters,
    { after, limit }: Page,
  ): Promise<OrdersRow> {
    const { text, values } = commerceOrders({
      days: [range.from, range.to],
      moments: momentsOf(range),
      filters,
      after: after && [after.time, ...after.ids],
      limit,
    });
    const rows = await this.database.query<OrdersRow>(this.ofOrders.of(text), values);
    return rows[0] as OrdersRow;
  }

  async funnel({ from, to }: DayRange, organizationId: string | null): Promise<FunnelRow> {
    const values = [from, to, organizationId];
    const rows = await this.database.query<FunnelRow>(REFERRAL_FUNNEL, values);
    return rows[0] as FunnelRow;
  }

  referrals(range: DayRange, asked: CommerceReferralsFilters, page: Page): Promise<ReferralRow[]> {
    return this.database.query<ReferralRow>(REFERRAL_LEDGER, [
      ...momentsOf(range),
      asked.organizationId,
      asked.kind,
      asked.code,
      asked.userId,
      page.after?.time ?? null,
      ...(page.after?.ids ?? [null, null]),
      page.limit,
    ]);
  }

  async payoutTotals(range: DayRange, organizationId: string | null): Promise<PayoutTotalsRow> {
    const values = [...momentsOf(range), organizationId];
    const rows = await this.database.query<PayoutTotalsRow>(PAYOUT_TOTALS, values);
    return rows[0] as PayoutTotalsRow;
  }

  payouts(range: DayRange, asked: CommercePayoutsFilters, page: Page): Promise<PayoutRow[]> {
    return this.database.query<PayoutRow>(PAYOUT_PAIRS, [
      ...momentsOf(range),
      asked.organizationId,
      asked.state,
      asked.contributorId,
      page.after?.time ?? null,
      page.after?.ids ?? null,
      page.limit,
    ]);
  }
}
