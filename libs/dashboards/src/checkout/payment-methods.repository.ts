import type { CheckoutOrders } from '#libs/contracts';
import { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { AskedSessions } from './asked-sessions.sql.js';
import { type MethodRow, type PaidRow, paymentMethods } from './checkout-payment-methods.sql.js';
import type { Counted } from './checkout-sessions.repository.js';

/** What sessions and orders say of payment methods. */
export interface CountedMethods extends Counted<MethodRow> {
  readonly paid: readonly PaidRow[];
  /** Of whatever checkout. */
  readonly orders: CheckoutOrders;
}

/** Figures of checkout sessions and of the orders that name them. */
@Injectable()
export class PaymentMethodsRepository {
  constructor(private readonly database: Database) {}

  /** Of the same question twice. */
  async count(sessions: AskedSessions, payments: AskedSessions): Promise<CountedMethods> {
    const statement = paymentMethods(sessions, payments);
    const [counted] = await this.database.query<CountedMethods>(statement, sessions.values);
    return counted as CountedMethods;
  }
}
