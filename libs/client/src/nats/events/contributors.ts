import type { CommerceEvent } from '../../contract/types.js';
import { currencyOf, majorUnits } from '../../major-units.js';
import { timestampOf } from '../clock.js';
import { SUBJECTS, typeOf } from '../subjects.js';

/** Somebody who will be paid for what they contribute. */
export interface PublishedContributor {
  readonly orgId: string;
  readonly userId: string;
  readonly githubUsername: string;
}

/** What a contributor is owed for a month. */
export interface PublishedPayoutCalculation {
  readonly orgId: string;
  readonly userId: string;
  /** `YYYY-MM`. */
  readonly periodMonth: string;
  /** Whole minor units. */
  readonly amountMinor: number;
  /** ISO 4217; blank means USD. */
  readonly currency: string;
}

/** What was transferred to a contributor. */
export interface PublishedPayout extends PublishedPayoutCalculation {
  readonly payoutId: string;
}

export const contributorRegistered = (
  contributor: PublishedContributor,
  at: number,
): CommerceEvent => ({
  id: contributor.userId,
  type: typeOf(SUBJECTS.CONTRIBUTOR_REGISTERED),
  timestamp: timestampOf(at),
  organization_id: contributor.orgId,
  user_id: contributor.userId || undefined,
  data: { github_username: contributor.githubUsername },
});

export const contributorPayoutCalculated = (
  calculation: PublishedPayoutCalculation,
  at: number,
): CommerceEvent => ({
  id: `payout-calc-${calculation.userId}-${calculation.periodMonth}`,
  type: typeOf(SUBJECTS.CONTRIBUTOR_PAYOUT_CALCULATED),
  timestamp: timestampOf(at),
  organization_id: calculation.orgId,
  user_id: calculation.userId || undefined,
  data: owed(calculation),
});

export const contributorPayoutSent = (payout: PublishedPayout, at: number): CommerceEvent => ({
  id: payout.payoutId,
  type: typeOf(SUBJECTS.CONTRIBUTOR_PAYOUT_SENT),
  timestamp: timestampOf(at),
  organization_id: payout.orgId,
  user_id: payout.userId || undefined,
  data: { payout_id: payout.payoutId, ...owed(payout) },
});

const owed = (calculation: PublishedPayoutCalculation): Readonly<Record<string, unknown>> => {
  const currency = currencyOf(calculation.currency);
  return {
    period_month: calculation.periodMonth,
    amount: majorUnits(calculation.amountMinor, currency),
    currency,
  };
};
