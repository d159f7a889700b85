import { CHECKOUT_STEPS, type CheckoutSessionsQuestion, type CheckoutSteps } from '#libs/contracts';
import type { Caller } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { percentage } from '../percentage.js';
import { dayRangeOf } from '../ranges/day-range.js';
import { aboutSessions, counting, sum } from './about-sessions.js';
import { askedSessions, smallestFunnel } from './asked-sessions.sql.js';
import { sessionsFiltersOf } from './checkout-filters.js';
import { CheckoutSessionsRepository } from './checkout-sessions.repository.js';
import { countSteps, type StepsRow } from './checkout-steps.sql.js';

/** How sessions fared with each step. */
@Injectable()
export class CheckoutStepRates {
  constructor(private readonly sessions: CheckoutSessionsRepository) {}

  /** @throws ContractBreachError for days that are none, or too many. */
  async answer(
    question: CheckoutSessionsQuestion,
    caller: Caller,
    now: Date = new Date(),
  ): Promise<CheckoutSteps> {
    const filters = sessionsFiltersOf(question, caller);
    const range = dayRangeOf(question, now);
    const asked = askedSessions(smallestFunnel(filters), [range.from, range.to], filters);
    const { asOf, rows } = await this.sessions.count<StepsRow>(countSteps(asked));
    const counted = counting(rows);
    const sessions = sum(counted.map((row) => row.sessions));
    return {
      ...aboutSessions({ range, filters, asOf }, rows),
      sessions,
      steps: CHECKOUT_STEPS.map((step) => {
        const of = (index: number): number => sum(counted.map((row) => row[step][index]!));
        const [started, completed, withErrors] = [of(0), of(1), of(2)];
        return {
          step,
          started,
          completed,
          withErrors,
          completionRate: percentage(completed, started),
          errorRate: percentage(withErrors, sessions),
        };
      }),
    };
  }
}
