import type {
  CheckoutErrorFigures,
  CheckoutErrorKind,
  CheckoutErrors,
  CheckoutSessionsQuestion,
} from '#libs/contracts';
import type { Caller } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { percentage } from '../percentage.js';
import { dayRangeOf } from '../ranges/day-range.js';
import { daysOf } from '../ranges/utc-days.js';
import { aboutSessions, counting, sum } from './about-sessions.js';
import { askedSessions } from './asked-sessions.sql.js';
import { countErrors, type ErrorRow, ERRORS_DAILY } from './checkout-errors.sql.js';
import { sessionsFiltersOf } from './checkout-filters.js';
import { CheckoutSessionsRepository } from './checkout-sessions.repository.js';

/** What went wrong in checkouts. */
@Injectable()
export class CheckoutErrorReports {
  constructor(private readonly sessions: CheckoutSessionsRepository) {}

  /** @throws ContractBreachError for days that are none, or too many. */
  async answer(
    question: CheckoutSessionsQuestion,
    caller: Caller,
    now: Date = new Date(),
  ): Promise<CheckoutErrors> {
    const filters = sessionsFiltersOf(question, caller);
    const range = dayRangeOf(question, now);
    const asked = askedSessions(ERRORS_DAILY, [range.from, range.to], filters);
    const { asOf, rows } = await this.sessions.count<ErrorRow>(countErrors(asked));
    const ofDays = rows.filter(({ day }) => day !== null);
    const counted = counting(ofDays);
    return {
      ...aboutSessions({ range, filters, asOf }, ofDays),
      total: figuresOf(counted),
      kinds: counting(rows.filter(({ day }) => day === null))
        .map(kindOf)
        .toSorted((a, b) => b.sessions - a.sessions || b.events - a.events || order(a, b)),
      days: daysOf(range).map((day) => ({
        day,
        ...figuresOf(counted.filter((row) => row.day === day)),
      })),
    };
  }
}

const kindOf = (row: ErrorRow): CheckoutErrorKind =>
  ({
    error: row.error,
    step: row.step,
    paymentMethod: row.paymentMethod,
    ...figuresOf([row]),
  }) as CheckoutErrorKind;

/** Those that are as frequent by what they are, so that the same question is answered alike. */
const order = (a: CheckoutErrorKind, b: CheckoutErrorKind): number =>
  spelt(a) < spelt(b) ? -1 : 1;

const spelt = ({ error, step, paymentMethod }: CheckoutErrorKind): string =>
  [error, step, paymentMethod].join(' ');

function figuresOf(rows: readonly ErrorRow[]): CheckoutErrorFigures {
  const sessions = sum(rows.map((row) => row.sessions));
  const recovered = sum(rows.map((row) => row.recovered));
  return {
    events: sum(rows.map((row) => row.events)),
    sessions,
    recovered,
    recoveryRate: percentage(recovered, sessions),
  };
}
