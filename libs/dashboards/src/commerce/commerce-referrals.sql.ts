import { spelt } from '../events/event-table.js';
import { ASKED, FRESHNESS } from './commerce-figures.sql.js';

/** From links to what they earned. Parameters as `ASKED`. */
export const REFERRAL_FUNNEL = `
  WITH ${ASKED}
  SELECT ${FRESHNESS},
         json_build_object(
           'links', coalesce(sum(links), 0), 'claims', coalesce(sum(claims), 0),
           'credits', coalesce(sum(credits), 0), 'commissions', coalesce(sum(commissions), 0),
           'tierUpgrades', coalesce(sum(tier_upgrades), 0),
           'payouts', coalesce(sum(referral_payouts), 0)
         ) AS counts,
         (
           SELECT count(*)::float8 FROM referrals AS link
           WHERE kind = 'link' AND happened_at >= $1::date AND happened_at < $2::date + 1
             AND ($3::text IS NULL OR organization_id = $3)
             AND EXISTS (
               SELECT FROM referrals AS claim
               WHERE claim.kind = 'claim' AND claim.organization_id = link.organization_id
                 AND claim.code = link.code
             )
         ) AS "claimedLinks",
         coalesce(sum(left_out_payments), 0)::float8 AS "leftOutPayments",
         (
           SELECT coalesce(json_agg(each ORDER BY currency COLLATE "C"), '[]')
           FROM (
             SELECT currency, sum(credited_minor)::float8 AS "creditedMinor",
                    sum(commission_minor)::float8 AS "commissionMinor",
                    sum(referral_payout_minor)::float8 AS "payoutMinor"
             FROM asked
             WHERE currency IS NOT NULL AND credits + commissions + referral_payouts > 0
             GROUP BY currency
           ) AS each
         ) AS amounts
  FROM asked
`;

/**
 * The ledger, newest first. $1 and $2 two moments, the second not included; $3 organization, $4 kind,
 * $5 code, $6 user, or null; $7, $8 and $9 time, organization and fact of the last row seen, or null;
 * $10 how many.
 */
export const REFERRAL_LEDGER = `
  SELECT kind, happened_at AS "happenedAt", nullif(organization_id, '') AS "organizationId",
         user_id AS "userId", code, referrer_id AS "referrerId", referee_id AS "refereeId",
         order_id AS "orderId", role, previous_tier AS "previousTier", tier,
         referral_count AS "referralCount", amount_minor::float8 AS "amountMinor", currency,
         fact, ${spelt('happened_at')} AS "positionTime"
  FROM referrals
  WHERE happened_at >= $1::timestamptz AND happened_at < $2::timestamptz
    AND ($3::text IS NULL OR organization_id = $3)
    AND ($4::text IS NULL OR kind = $4)
    AND ($5::text IS NULL OR code = $5)
    AND ($6::text IS NULL OR user_id = $6)
    AND ($7::timestamptz IS NULL OR (happened_at, organization_id, fact) < ($7, $8, $9::uuid))
  ORDER BY happened_at DESC, organization_id DESC, fact DESC
  LIMIT $10
`;
