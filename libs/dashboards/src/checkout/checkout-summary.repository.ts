import {
  CHECKOUT_EVENT_NAMES,
  type CheckoutEventName,
  type CheckoutFilters,
} from '#libs/contracts';
import { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { type DayRange, momentsOf } from '../ranges/day-range.js';
import { CHECKOUT_SUMMARY } from './checkout-summary.sql.js';

export interface CheckoutFigures {
  readonly asOf: Date;
  readonly newestReceivedAt: Date | null;
  readonly sessions: number;
  readonly conversions: number;
  readonly leftOutSessions: number;
  readonly leftOutEvents: number;
  /** Of the names that happened: how many events, and in how many sessions. */
  readonly byName: { readonly [Name in CheckoutEventName]?: readonly [number, number] };
}

@Injectable()
export class CheckoutSummaryRepository {
  constructor(private readonly database: Database) {}

  async figures(range: DayRange, filters: CheckoutFilters): Promise<CheckoutFigures> {
    const rows = await this.database.query<CheckoutFigures>(CHECKOUT_SUMMARY, [
      ...momentsOf(range),
      filters.offerId,
      filters.producerId,
      filters.productId,
      filters.traffic === 'all',
      CHECKOUT_EVENT_NAMES,
    ]);
    return rows[0] as CheckoutFigures;
  }
}
