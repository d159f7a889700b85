import type { CommerceEventType } from '#libs/contracts';
import type { PayoutEntity } from '#libs/database';
import {
  eventsBetween,
  eventsOfBatches,
  inSlice,
  OLDEST_BATCH,
  rawBetween,
} from '../projections/event-source.sql.js';
import type { Fold } from '../projections/fold.js';
import { type FoldedColumn, foldStatement, pruneStatement } from '../projections/fold.sql.js';
import { PAYOUT_DIFFERENCES } from './commerce-daily.sql.js';
import { ENVELOPE_ID, factsTold, knownBy, type Telling, textIn, toldBy } from './told-facts.sql.js';

const FIELDS = ['contributorId', 'periodMonth', 'payoutId'] as const;

const contributorId = "coalesce(user_id, '')";
const periodMonth = `coalesce(${textIn('period_month', 40)}, '')`;
const payoutId = `coalesce(${textIn('payout_id')}, ${ENVELOPE_ID})`;

const PAYOUT_EVENTS: readonly (Telling<(typeof FIELDS)[number]> & {
  readonly eventType: CommerceEventType;
})[] = [
  {
    eventType: 'contributor.payout_calculated',
    kind: 'calculated',
    key: [contributorId, periodMonth],
    says: { contributorId, periodMonth },
  },
  {
    eventType: 'contributor.payout_sent',
    kind: 'sent',
    key: knownBy(payoutId),
    says: { contributorId, periodMonth, payoutId },
  },
];

/** A calculation is made again, so its last event counts; a payout is sent once, by its first. */
const told = toldBy(
  (alias) =>
    `CASE ${alias}kind WHEN 'calculated' THEN -1 ELSE 1 END * extract(epoch FROM ${alias}happened_at)`,
);

const columns: Record<Exclude<keyof PayoutEntity, 'organizationId' | 'fact'>, FoldedColumn> = {
  kind: told('kind'),
  happenedAt: told('happened_at'),
  event: told('event'),
  contributorId: told('contributor_id'),
  periodMonth: told('period_month'),
  payoutId: told('payout_id'),
  amountMinor: told('amount_minor'),
  currency: told('currency'),
};

const facts = {
  table: 'payouts',
  key: ['organizationId', 'fact'],
  columns,
  dayOf: 'happenedAt',
  rollups: ['commerce-daily'],
};

const factsOf = (source: string): string => factsTold(PAYOUT_EVENTS, FIELDS, source);
const ofBatches = factsOf(eventsOfBatches('commerce'));
const slice = inSlice('fact::text');
const sliceOf = (source: string): string =>
  `SELECT * FROM (${factsOf(source)}) AS told WHERE ${slice}`;
const bothDays = eventsBetween('commerce', 'payouts');

/** Commerce events to `payouts`: what contributors are owed, and what was sent to them. */
export const PAYOUTS: Fold = {
  id: 'payouts',
  contract: 'commerce',
  foldBatches: foldStatement(facts, ofBatches, OLDEST_BATCH),
  foldNewBatches: foldStatement(facts, ofBatches, OLDEST_BATCH, PAYOUT_DIFFERENCES),
  recount: {
    events: rawBetween('commerce'),
    prune: pruneStatement(facts, { source: sliceOf(bothDays), slice, lastTimeOf: 'happenedAt' }),
    fold: foldStatement(facts, sliceOf(bothDays)),
  },
};
