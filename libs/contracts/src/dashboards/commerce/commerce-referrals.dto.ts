import { IntersectionType } from '@nestjs/swagger';
import {
  AnswerAmount,
  AnswerCount,
  AnswerList,
  AnswerPart,
  AnswerPercentage,
  AnswerText,
  AnswerTime,
  AnswerValue,
  NextCursor,
} from '../../answer-fields.js';
import { CatalogueField, TextField } from '../../fields.js';
import { PageQuery } from '../../page.dto.js';
import { REFERRAL_KINDS, type ReferralKind } from './commerce.catalogue.js';
import { CommerceAnswer, CommerceFilters, CommerceQuestion } from './commerce-question.dto.js';

export class CommerceReferralsQuestion extends IntersectionType(CommerceQuestion, PageQuery) {
  @CatalogueField({
    description: 'Only such entries of the ledger; the funnel is of all.',
    name: 'ReferralKind',
    values: REFERRAL_KINDS,
    optional: true,
  })
  readonly kind?: ReferralKind;

  @TextField({
    description: 'Only entries of the ledger with this code; the funnel is of all.',
    maxLength: 200,
    optional: true,
  })
  readonly code?: string;

  @TextField({
    description: 'Only entries of the ledger about this user; the funnel is of all.',
    maxLength: 200,
    optional: true,
  })
  readonly userId?: string;
}

/** The filters of the question, as they were understood; null where there was none. */
export class CommerceReferralsFilters extends CommerceFilters {
  @AnswerValue({
    description: 'The kind of the entries.',
    name: 'ReferralKind',
    values: REFERRAL_KINDS,
    nullable: true,
  })
  readonly kind: ReferralKind | null;

  @AnswerText({ description: 'The code.', nullable: true, example: 'REF42' })
  readonly code: string | null;

  @AnswerText({ description: 'The user.', nullable: true, example: 'user-1' })
  readonly userId: string | null;
}

/** From a link to what it earned. */
export class ReferralFunnel {
  @AnswerCount({
    description: 'Links that were created in these days, each code once.',
    example: 20,
  })
  readonly links: number;

  @AnswerCount({ description: 'Those of them that were claimed, whenever.', example: 5 })
  readonly claimedLinks: number;

  @AnswerPercentage({ description: 'That in percent, to two decimals.', example: 25 })
  readonly claimRate: number;

  @AnswerCount({
    description: 'Claims of these days, of whatever link: each referee once for a code.',
    example: 8,
  })
  readonly claims: number;

  @AnswerCount({ description: 'Credits of these days whose amount can be read.', example: 4 })
  readonly credits: number;

  @AnswerCount({
    description: 'Commissions whose amount can be read, one an order and referrer.',
    example: 2,
  })
  readonly commissions: number;

  @AnswerCount({ description: 'Referrers who came to a new tier.', example: 1 })
  readonly tierUpgrades: number;

  @AnswerCount({ description: 'Payouts to referrers whose amount can be read.', example: 0 })
  readonly payouts: number;
}

/** What referrals cost, in one currency. */
export class ReferralAmounts {
  @AnswerText({ description: 'ISO 4217.', example: 'EUR' })
  readonly currency: string;

  @AnswerAmount({ description: 'Credits, in minor units.', example: 4000 })
  readonly creditedMinor: number;

  @AnswerAmount({ description: 'Commissions, in minor units.', example: 600 })
  readonly commissionMinor: number;

  @AnswerAmount({ description: 'Payouts to referrers, in minor units.', example: 0 })
  readonly payoutMinor: number;
}

const Id = (description: string, example: string): PropertyDecorator =>
  AnswerText({
    description: `${description}; null where it does not say.`,
    nullable: true,
    example,
  });

/** One entry of the ledger. */
export class ReferralEntry {
  @AnswerValue({ description: 'What it is.', name: 'ReferralKind', values: REFERRAL_KINDS })
  readonly kind: ReferralKind;

  @AnswerTime({ description: 'When.', example: '2026-01-15T12:02:00.468Z' })
  readonly happenedAt: string;

  @Id('Whose shop', 'acme')
  readonly organizationId: string | null;

  @Id('Whom it is about: of a claim the referee', 'user-1')
  readonly userId: string | null;

  @Id('The code of a link or a claim', 'REF42')
  readonly code: string | null;

  @Id('Who referred', 'user-1')
  readonly referrerId: string | null;

  @Id('Who was referred', 'user-7')
  readonly refereeId: string | null;

  @Id('The order of a commission', 'ord_1001')
  readonly orderId: string | null;

  @Id('Of a credit: whether the user referred or was referred', 'referrer')
  readonly role: string | null;

  @Id('The tier before', 'bronze')
  readonly previousTier: string | null;

  @Id('The tier reached', 'silver')
  readonly tier: string | null;

  @Id('Referrals at that time, as sent', '10')
  readonly referralCount: string | null;

  @AnswerAmount({
    description: 'In minor units; null where there is none, or it cannot be read.',
    nullable: true,
    example: 300,
  })
  readonly amountMinor: number | null;

  @Id('Its currency', 'EUR')
  readonly currency: string | null;
}

/** Amounts that are in no total. */
export class CommercePaymentsLeftOut {
  @AnswerCount({
    description: 'Credits, commissions and payouts whose amount or currency cannot be read.',
    example: 0,
  })
  readonly payments: number;
}

/** What came of referrals: the funnel, and a page of the ledger. */
export class CommerceReferrals extends CommerceAnswer {
  @AnswerPart(CommerceReferralsFilters, 'The filters of the question, as they were understood.')
  declare readonly filters: CommerceReferralsFilters;

  @AnswerPart(ReferralFunnel, 'From links to what they earned, in these days.')
  readonly funnel: ReferralFunnel;

  @AnswerList(ReferralAmounts, 'One entry a currency, by its code.')
  readonly amounts: readonly ReferralAmounts[];

  @AnswerList(ReferralEntry, 'The ledger of these days, newest first.')
  readonly items: readonly ReferralEntry[];

  @NextCursor()
  readonly nextCursor: string | null;

  @AnswerPart(CommercePaymentsLeftOut, 'What the amounts leave out.')
  readonly leftOut: CommercePaymentsLeftOut;
}
