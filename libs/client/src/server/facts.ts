/** Who it is about, and in whose shop. */
interface Fact {
  readonly orgId: string;
  readonly userId: string;
}

/** Somebody may invite others from now on. */
export interface ReferralLinkCreated extends Fact {
  readonly referralCode: string;
  readonly referralUrl: string;
}

/** Somebody came by an invitation. */
export interface ReferralClaimed {
  readonly orgId: string;
  readonly referrerId: string;
  readonly refereeId: string;
  readonly referralCode: string;
}

export interface ReferralCreditGranted extends Fact {
  /** As what the user gets it, such as `referrer`. */
  readonly role: string;
  /** In major units. */
  readonly amount: number;
  readonly currency: string;
}

export interface ReferralCommissionEarned {
  readonly orgId: string;
  readonly referrerId: string;
  readonly orderId: string;
  /** In major units. */
  readonly commission: number;
  readonly currency: string;
}

export interface ReferralTierUpgraded extends Fact {
  readonly previousTier: string;
  readonly newTier: string;
  readonly referralCount: number;
}

export interface ContributorRegistered extends Fact {
  readonly githubUsername: string;
}

export interface ContributorPayoutCalculated extends Fact {
  /** `YYYY-MM`. */
  readonly periodMonth: string;
  /** In major units. */
  readonly amount: number;
  readonly currency: string;
}

export interface ContributorPayoutSent extends ContributorPayoutCalculated {
  readonly payoutId: string;
}
