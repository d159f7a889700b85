import type { CheckoutOrders } from '#libs/contracts';
import { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { AskedSessions } from './asked-sessions.sql.js';
import { COMPLETED_ORDERS, paidByMethod, type PaidRow } from './checkout-payment-methods.sql.js';

/** What orders say of checkout sessions. */
@Injectable()
export class PaidSessionsRepository {
  constructor(private readonly database: Database) {}

  /** Of sessions that converted. */
  byMethod(converted: AskedSessions): Promise<PaidRow[]> {
    return this.database.query<PaidRow>(paidByMethod(converted), converted.values);
  }

  /** From `start` until `end`, the end not included. */
  async completedOrders([start, end]: readonly [string, string]): Promise<CheckoutOrders> {
    const [orders] = await this.database.query<CheckoutOrders>(COMPLETED_ORDERS, [start, end]);
    return orders as CheckoutOrders;
  }
}
