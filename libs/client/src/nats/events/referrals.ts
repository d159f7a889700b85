import type { CommerceEvent } from '../../contract/types.js';
import { currencyOf, majorUnits } from '../../major-units.js';
import { timestampOf } from '../clock.js';
import { SUBJECTS, typeOf } from '../subjects.js';

/** A link that somebody may share. */
export interface PublishedReferralLink {
  readonly orgId: string;
  readonly userId: string;
  readonly referralCode: string;
  readonly referralUrl: string;
}

/** Somebody signed up by a link. */
export interface PublishedReferralClaim {
  readonly orgId: string;
  readonly referrerId: string;
  readonly refereeId: string;
  readonly referralCode: string;
}

/** A credit for one of the two. */
export interface PublishedReferralCredit {
  readonly orgId: string;
  readonly userId: string;
  /** Which of the two, such as `referrer`. */
  readonly role: string;
  /** Whole minor units. */
  readonly amountMinor: number;
  /** ISO 4217; blank means USD. */
  readonly currency: string;
}

/** A referrer's share of an order. */
export interface PublishedReferralCommission {
  readonly orgId: string;
  readonly referrerId: string;
  readonly orderId: string;
  /** Whole minor units. */
  readonly commissionMinor: number;
  /** ISO 4217; blank means USD. */
  readonly currency: string;
}

/** A referrer reached the next tier. */
export interface PublishedReferralTier {
  readonly orgId: string;
  readonly userId: string;
  readonly previousTier: string;
  readonly newTier: string;
  readonly referralCount: number;
}

export const referralLinkCreated = (link: PublishedReferralLink, at: number): CommerceEvent => ({
  id: link.referralCode,
  type: typeOf(SUBJECTS.REFERRAL_LINK_CREATED),
  timestamp: timestampOf(at),
  organization_id: link.orgId,
  user_id: link.userId || undefined,
  data: { referral_code: link.referralCode, referral_url: link.referralUrl },
});

export const referralClaimed = (claim: PublishedReferralClaim, at: number): CommerceEvent => ({
  id: claim.refereeId,
  type: typeOf(SUBJECTS.REFERRAL_CLAIMED),
  timestamp: timestampOf(at),
  organization_id: claim.orgId,
  user_id: claim.refereeId || undefined,
  data: {
    referrer_id: claim.referrerId,
    referee_id: claim.refereeId,
    referral_code: claim.referralCode,
  },
});

/** `millis` is what tells two credits of one user apart. */
export function referralCreditGranted(
  credit: PublishedReferralCredit,
  at: number,
  millis: number,
): CommerceEvent {
  const currency = currencyOf(credit.currency);
  return {
    id: `credit-${credit.userId}-${millis}`,
    type: typeOf(SUBJECTS.REFERRAL_CREDIT_GRANTED),
    timestamp: timestampOf(at),
    organization_id: credit.orgId,
    user_id: credit.userId || undefined,
    data: { role: credit.role, amount: majorUnits(credit.amountMinor, currency), currency },
  };
}

export function referralCommissionEarned(
  earned: PublishedReferralCommission,
  at: number,
): CommerceEvent {
  const currency = currencyOf(earned.currency);
  const commission = majorUnits(earned.commissionMinor, currency, 'commissionMinor');
  return {
    id: `commission-${earned.referrerId}-${earned.orderId}`,
    type: typeOf(SUBJECTS.REFERRAL_COMMISSION_EARNED),
    timestamp: timestampOf(at),
    organization_id: earned.orgId,
    user_id: earned.referrerId || undefined,
    data: { order_id: earned.orderId, commission, currency },
  };
}

export const referralTierUpgraded = (
  tier: PublishedReferralTier,
  at: number,
  millis: number,
): CommerceEvent => ({
  id: `tier-${tier.userId}-${millis}`,
  type: typeOf(SUBJECTS.REFERRAL_TIER_UPGRADED),
  timestamp: timestampOf(at),
  organization_id: tier.orgId,
  user_id: tier.userId || undefined,
  data: {
    previous_tier: tier.previousTier,
    new_tier: tier.newTier,
    referral_count: tier.referralCount,
  },
});
