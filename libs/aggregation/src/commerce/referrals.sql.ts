import type { CommerceEventType } from '#libs/contracts';
import type { ReferralEntity } from '#libs/database';
import {
  eventsBetween,
  eventsOfBatches,
  inSlice,
  OLDEST_BATCH,
  rawBetween,
} from '../projections/event-source.sql.js';
import type { Fold } from '../projections/fold.js';
import { type FoldedColumn, foldStatement, pruneStatement } from '../projections/fold.sql.js';
import { REFERRAL_DIFFERENCES } from './commerce-daily.sql.js';
import { ENVELOPE_ID, factsTold, knownBy, type Telling, textIn, toldBy } from './told-facts.sql.js';

const FIELDS = [
  'userId',
  'code',
  'referrerId',
  'refereeId',
  'orderId',
  'role',
  'previousTier',
  'tier',
  'referralCount',
] as const;

const userId = 'user_id';
const orderId = 'order_id';
const code = textIn('referral_code');
const linkCode = `coalesce(${code}, ${ENVELOPE_ID})`;
const refereeId = `coalesce(${textIn('referee_id')}, user_id)`;
const previousTier = textIn('previous_tier');
const tier = textIn('new_tier');
const referralCount = textIn('referral_count');
const payoutId = `coalesce(${textIn('payout_id')}, ${ENVELOPE_ID})`;

/**
 * The entries of the ledger. A credit has an id in its envelope only: over HTTP each request is a
 * credit of its own.
 */
const LEDGER: readonly (Telling<(typeof FIELDS)[number]> & {
  readonly eventType: CommerceEventType;
})[] = [
  {
    eventType: 'referral.link_created',
    kind: 'link',
    key: knownBy(linkCode),
    says: { userId, code: linkCode, referrerId: userId },
  },
  {
    eventType: 'referral.claimed',
    kind: 'claim',
    key: [code, ...knownBy(refereeId)],
    says: { userId: refereeId, code, referrerId: textIn('referrer_id'), refereeId },
  },
  {
    eventType: 'referral.credit_granted',
    kind: 'credit',
    key: knownBy(ENVELOPE_ID),
    says: { userId, role: textIn('role') },
  },
  {
    eventType: 'referral.commission_earned',
    kind: 'commission',
    key: [userId, ...knownBy(orderId)],
    says: { userId, referrerId: userId, orderId },
  },
  {
    eventType: 'referral.tier_upgraded',
    kind: 'tier',
    key: [userId, previousTier, tier, referralCount],
    says: { userId, previousTier, tier, referralCount },
  },
  {
    eventType: 'referral.payout_sent',
    kind: 'payout',
    key: knownBy(payoutId),
    says: { userId },
  },
];

/** Of several events that tell the same the first: when it happened does not move. */
const told = toldBy((alias) => `${alias}happened_at`);

const columns: Record<Exclude<keyof ReferralEntity, 'organizationId' | 'fact'>, FoldedColumn> = {
  kind: told('kind'),
  happenedAt: told('happened_at'),
  event: told('event'),
  userId: told('user_id'),
  code: told('code'),
  referrerId: told('referrer_id'),
  refereeId: told('referee_id'),
  orderId: told('order_id'),
  role: told('role'),
  previousTier: told('previous_tier'),
  tier: told('tier'),
  referralCount: told('referral_count'),
  amountMinor: told('amount_minor'),
  currency: told('currency'),
};

const facts = {
  table: 'referrals',
  key: ['organizationId', 'fact'],
  columns,
  dayOf: 'happenedAt',
  rollups: ['commerce-daily'],
};

const factsOf = (source: string): string => factsTold(LEDGER, FIELDS, source);
const ofBatches = factsOf(eventsOfBatches('commerce'));
const slice = inSlice('fact::text');
const sliceOf = (source: string): string =>
  `SELECT * FROM (${factsOf(source)}) AS told WHERE ${slice}`;
const bothDays = eventsBetween('commerce', 'referrals');

/** Commerce events to `referrals`: links, claims, credits, commissions, tiers and payouts. */
export const REFERRALS: Fold = {
  id: 'referrals',
  contract: 'commerce',
  foldBatches: foldStatement(facts, ofBatches, OLDEST_BATCH),
  foldNewBatches: foldStatement(facts, ofBatches, OLDEST_BATCH, REFERRAL_DIFFERENCES),
  recount: {
    events: rawBetween('commerce'),
    prune: pruneStatement(facts, { source: sliceOf(bothDays), slice, lastTimeOf: 'happenedAt' }),
    fold: foldStatement(facts, sliceOf(bothDays)),
  },
};
