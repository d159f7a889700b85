import { IntersectionType } from '@nestjs/swagger';
import {
  AnswerAmount,
  AnswerCount,
  AnswerList,
  AnswerPart,
  AnswerText,
  AnswerTexts,
  AnswerTime,
  AnswerValue,
  NextCursor,
} from '../../answer-fields.js';
import { CatalogueField, TextField } from '../../fields.js';
import { PageQuery } from '../../page.dto.js';
import { PAYOUT_STATES, type PayoutState } from './commerce.catalogue.js';
import { CommerceAnswer, CommerceFilters, CommerceQuestion } from './commerce-question.dto.js';
import { CommercePaymentsLeftOut } from './commerce-referrals.dto.js';

export class CommercePayoutsQuestion extends IntersectionType(CommerceQuestion, PageQuery) {
  @CatalogueField({
    description: 'Only such items; the totals are of all.',
    name: 'PayoutState',
    values: PAYOUT_STATES,
    optional: true,
  })
  readonly state?: PayoutState;

  @TextField({
    description: 'Only items of this contributor; the totals are of all.',
    maxLength: 200,
    optional: true,
  })
  readonly contributorId?: string;
}

/** The filters of the question, as they were understood; null where there was none. */
export class CommercePayoutsFilters extends CommerceFilters {
  @AnswerValue({
    description: 'Whether it was sent.',
    name: 'PayoutState',
    values: PAYOUT_STATES,
    nullable: true,
  })
  readonly state: PayoutState | null;

  @AnswerText({ description: 'The contributor.', nullable: true, example: 'user-9' })
  readonly contributorId: string | null;
}

/** What was calculated and sent, in one currency. */
export class PayoutTotals {
  @AnswerText({ description: 'ISO 4217.', example: 'EUR' })
  readonly currency: string;

  @AnswerCount({ description: 'Calculations: one a contributor and period.', example: 12 })
  readonly calculations: number;

  @AnswerAmount({ description: 'What they come to, in minor units.', example: 150_000 })
  readonly calculatedMinor: number;

  @AnswerCount({ description: 'Payouts that were sent.', example: 11 })
  readonly payouts: number;

  @AnswerAmount({ description: 'What they come to, in minor units.', example: 140_000 })
  readonly sentMinor: number;

  @AnswerCount({
    description: 'Contributors’ periods for which just so much was sent.',
    example: 9,
  })
  readonly matched: number;

  @AnswerCount({ description: 'Those for which more or less was sent.', example: 1 })
  readonly differing: number;

  @AnswerCount({ description: 'Those for which nothing was sent.', example: 2 })
  readonly notSent: number;

  @AnswerAmount({ description: 'What was calculated for them.', example: 20_000 })
  readonly notSentMinor: number;

  @AnswerCount({
    description: 'Those for which something was sent, and nothing calculated.',
    example: 1,
  })
  readonly notCalculated: number;

  @AnswerAmount({ description: 'What was sent for them.', example: 9000 })
  readonly notCalculatedMinor: number;
}

/** What a contributor was to get for a period, and what was sent, in one currency. */
export class PayoutView {
  @AnswerText({
    description: 'Whose shop; null where the events do not say.',
    nullable: true,
    example: 'acme',
  })
  readonly organizationId: string | null;

  @AnswerText({
    description: 'Who; null where the events do not say.',
    nullable: true,
    example: 'user-9',
  })
  readonly contributorId: string | null;

  @AnswerText({
    description: 'The period, as it was sent; null where it was not.',
    nullable: true,
    example: '2025-12',
  })
  readonly periodMonth: string | null;

  @AnswerText({
    description: 'The currency; also what is none; null where no amount was sent.',
    nullable: true,
    example: 'EUR',
  })
  readonly currency: string | null;

  @AnswerValue({ description: 'Whether it was sent.', name: 'PayoutState', values: PAYOUT_STATES })
  readonly state: PayoutState;

  @AnswerTime({
    description: 'The last calculation; null where there is none.',
    nullable: true,
    example: '2026-01-02T06:00:00.000Z',
  })
  readonly calculatedAt: string | null;

  @AnswerAmount({
    description: 'What it says; null where there is none, or it cannot be read.',
    nullable: true,
    example: 12_345,
  })
  readonly calculatedMinor: number | null;

  @AnswerTime({
    description: 'The last payout; null where there is none.',
    nullable: true,
    example: '2026-01-05T06:00:00.000Z',
  })
  readonly sentAt: string | null;

  @AnswerAmount({
    description: 'What all its payouts come to; null where none can be read.',
    nullable: true,
    example: 12_345,
  })
  readonly sentMinor: number | null;

  @AnswerCount({ description: 'Payouts that were sent.', example: 1 })
  readonly payouts: number;

  @AnswerTexts({ description: 'Their ids, at most 20.', example: ['po_5'] })
  readonly payoutIds: readonly string[];
}

/** What contributors were to get, and what was sent to them. */
export class CommercePayouts extends CommerceAnswer {
  @AnswerPart(CommercePayoutsFilters, 'The filters of the question, as they were understood.')
  declare readonly filters: CommercePayoutsFilters;

  @AnswerList(PayoutTotals, 'One entry a currency, by its code.')
  readonly totals: readonly PayoutTotals[];

  @AnswerList(PayoutView, 'Those that something happened to in these days, the latest first.')
  readonly items: readonly PayoutView[];

  @NextCursor()
  readonly nextCursor: string | null;

  @AnswerPart(CommercePaymentsLeftOut, 'What the totals leave out.')
  readonly leftOut: CommercePaymentsLeftOut;
}
