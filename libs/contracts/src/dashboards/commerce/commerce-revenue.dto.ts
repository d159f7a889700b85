import {
  AnswerAmount,
  AnswerCount,
  AnswerDay,
  AnswerList,
  AnswerNumber,
  AnswerPart,
  AnswerText,
} from '../../answer-fields.js';
import { CatalogueField, TextField } from '../../fields.js';
import { type Comparison, COMPARISONS } from '../checkout/checkout-funnel.catalogue.js';
import { DayRangeView } from '../day-range.dto.js';
import {
  CommerceAnswer,
  CommerceFilters,
  CommerceLeftOut,
  CommerceQuestion,
} from './commerce-question.dto.js';

export class CommerceRevenueQuestion extends CommerceQuestion {
  @TextField({ description: 'Only this currency: `EUR`.', maxLength: 64, optional: true })
  readonly currency?: string;

  @CatalogueField({
    description: '`previous_period`: also the totals of as many days just before.',
    name: 'Comparison',
    values: COMPARISONS,
    optional: true,
  })
  readonly compare?: Comparison;
}

/** The filters of the question, as they were understood; null where there was none. */
export class CommerceRevenueFilters extends CommerceFilters {
  @AnswerText({ description: 'The currency.', nullable: true, example: 'EUR' })
  readonly currency: string | null;
}

/** Income of some days in one currency. Amounts are in its minor units. */
export class RevenueFigures {
  @AnswerCount({
    description: 'Orders that became income: each once, at its first completion.',
    example: 40,
  })
  readonly orders: number;

  @AnswerAmount({ description: 'What they came to.', example: 239_880 })
  readonly grossMinor: number;

  @AnswerCount({ description: 'Refunds, of whatever day the order is.', example: 3 })
  readonly refunds: number;

  @AnswerAmount({ description: 'What was refunded.', example: 5000 })
  readonly refundedMinor: number;

  @AnswerCount({
    description: 'Orders that were canceled after their completion, of whatever day that is.',
    example: 1,
  })
  readonly cancellations: number;

  @AnswerAmount({
    description: 'What that takes back: of each order what its refunds leave of its amount.',
    example: 5997,
  })
  readonly canceledMinor: number;

  @AnswerAmount({ description: 'Gross less refunds and cancellations.', example: 228_883 })
  readonly netMinor: number;
}

/** The same of one day. */
export class RevenueDay extends RevenueFigures {
  @AnswerDay({ description: 'The day.', example: '2026-01-15' })
  readonly day: string;
}

/** Money that went out: none of it is income, none is taken off it. */
export class MoneyOut {
  @AnswerCount({ description: 'Credits granted to referrers and referees.', example: 4 })
  readonly credits: number;

  @AnswerAmount({ description: 'What they came to.', example: 4000 })
  readonly creditedMinor: number;

  @AnswerCount({ description: 'Commissions of referrers, each order once.', example: 2 })
  readonly commissions: number;

  @AnswerAmount({ description: 'What they came to.', example: 600 })
  readonly commissionMinor: number;

  @AnswerCount({ description: 'Payouts to referrers.', example: 0 })
  readonly referralPayouts: number;

  @AnswerAmount({ description: 'What they came to.', example: 0 })
  readonly referralPayoutMinor: number;

  @AnswerCount({ description: 'Payouts to contributors, each once.', example: 1 })
  readonly payouts: number;

  @AnswerAmount({ description: 'What they came to.', example: 12_345 })
  readonly payoutMinor: number;
}

/** Totals of one currency. */
export class RevenueTotals extends RevenueFigures {
  @AnswerText({ description: 'ISO 4217.', example: 'EUR' })
  readonly currency: string;

  @AnswerAmount({
    description: 'Gross by orders, rounded half away from zero; 0 where there is no order.',
    example: 5997,
  })
  readonly averageOrderMinor: number;

  @AnswerNumber({
    description:
      'What was refunded, in percent of gross, to two decimals; 0 where there is no gross. Beyond ' +
      '100 where more is refunded of orders of earlier days.',
    example: 2.08,
  })
  readonly refundRate: number;

  @AnswerPart(MoneyOut, 'Money out, in the same currency.')
  readonly moneyOut: MoneyOut;
}

/** Totals of one currency, and its days. */
export class CurrencyRevenue extends RevenueTotals {
  @AnswerList(RevenueDay, 'The days of income, refunds or cancellations, in order.')
  readonly days: readonly RevenueDay[];
}

/** Totals of the days before. */
export class PreviousRevenue {
  @AnswerPart(DayRangeView, 'Those days.')
  readonly range: DayRangeView;

  @AnswerList(RevenueTotals, 'One entry a currency, by its code.')
  readonly currencies: readonly RevenueTotals[];
}

/** What was earned. Currencies are never put together. */
export class CommerceRevenue extends CommerceAnswer {
  @AnswerPart(CommerceRevenueFilters, 'The filters of the question, as they were understood.')
  declare readonly filters: CommerceRevenueFilters;

  @AnswerList(CurrencyRevenue, 'One entry a currency, by its code.')
  readonly currencies: readonly CurrencyRevenue[];

  @AnswerPart(PreviousRevenue, 'With `compare`; else null.', { nullable: true })
  readonly previousPeriod: PreviousRevenue | null;

  @AnswerPart(CommerceLeftOut, 'What the totals leave out, of all currencies.')
  readonly leftOut: CommerceLeftOut;
}
