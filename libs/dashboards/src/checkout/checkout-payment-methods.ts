import {
  type CheckoutPaymentMethodFigures,
  type CheckoutPaymentMethods,
  type CheckoutSessionsQuestion,
  PAYMENT_METHODS,
} from '#libs/contracts';
import type { Caller } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { ownerOf } from '../owners.js';
import { percentage } from '../percentage.js';
import { dayRangeOf } from '../ranges/day-range.js';
import { aboutSessions, counting, sum } from './about-sessions.js';
import { askedSessions, smallestFunnel } from './asked-sessions.sql.js';
import { sessionsFiltersOf } from './checkout-filters.js';
import { type MethodRow, type PaidRow, paymentsDaily } from './checkout-payment-methods.sql.js';
import { PaymentMethodsRepository } from './payment-methods.repository.js';

/** How sessions fared with each payment method. */
@Injectable()
export class CheckoutPaymentMethodRates {
  constructor(private readonly methods: PaymentMethodsRepository) {}

  /** @throws ContractBreachError for days that are none, or too many. */
  async answer(
    question: CheckoutSessionsQuestion,
    caller: Caller,
    now: Date = new Date(),
  ): Promise<CheckoutPaymentMethods> {
    const filters = sessionsFiltersOf(question, caller);
    const range = dayRangeOf(question, now);
    const days = [range.from, range.to] as const;
    const { asOf, rows, paid, orders } = await this.methods.count(
      askedSessions(smallestFunnel(filters, 'paymentMethod'), days, filters),
      askedSessions(paymentsDaily(filters), days, filters),
    );
    const counted = counting(rows);
    return {
      ...aboutSessions({ range, filters, asOf }, rows),
      methods: [...PAYMENT_METHODS, null].map((paymentMethod) => ({
        paymentMethod,
        ...figuresOf(
          counted.filter((row) => row.paymentMethod === paymentMethod),
          paid.find((row) => row.paymentMethod === paymentMethod),
        ),
      })),
      orders: ownerOf(caller, 'producer') === null ? orders : null,
    };
  }
}

function figuresOf(
  rows: readonly MethodRow[],
  paid: PaidRow | undefined,
): Omit<CheckoutPaymentMethodFigures, 'paymentMethod'> {
  const total = (figure: 'sessions' | 'submitted' | 'generated' | 'withErrors'): number =>
    sum(rows.map((row) => row[figure]));
  const generated = total('generated');
  return {
    sessions: total('sessions'),
    submitted: total('submitted'),
    generated,
    withErrors: total('withErrors'),
    paid: paid?.paid ?? 0,
    paidRate: percentage(paid?.paid ?? 0, generated),
    medianTimeToPayMs: paid?.medianMs ?? null,
    p90TimeToPayMs: paid?.p90Ms ?? null,
  };
}
