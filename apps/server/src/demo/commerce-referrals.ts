import type { EventRecord } from '#libs/event-log';
import { DEMO_OFFERS } from './catalogue.js';
import { orderCompleted, orderCreated } from './commerce-order.js';
import { tellOf, type Told } from './commerce-people.js';
import { type Order, priceOf, type Shop, shopOf } from './commerce-shops.js';
import { DAY_MS, type DemoSource } from './demo-plan.js';
import type { Random } from './random.js';
import { someTimeOn } from './traffic-shape.js';
import { someVisitor } from './visitor.js';

type Records = Generator<EventRecord, void>;

/** The shops that pay for recommendations. */
const SHOPS = ['producer-1', 'green-kitchen', 'tidy-code'].map(shopOf);
const LINKS_A_DAY = { least: 2, most: 6 };
const MOST_CLAIMS = 6;
const TIER_AT = 3;
const COMMISSION = 0.05;
/** A credit is worth so much of the first product. */
const CREDIT = 0.1;

/** Somebody makes a link; friends follow it in the days after, buy, and both are rewarded. */
export const commerceReferrals: DemoSource = function* (day) {
  const links = day.random('referrals').whole(LINKS_A_DAY.least, LINKS_A_DAY.most);
  for (let i = 0; i < links; i++) {
    const random = day.random(`referral ${i}`);
    yield* referral(random.pick(SHOPS), someTimeOn(day, random), random);
  }
};

function* referral(shop: Shop, at: number, random: Random): Records {
  const referrer = `usr_${random.hex(10)}`;
  const code = `REF-${random.hex(6).toUpperCase()}`;
  const url = `https://shop.${shop.organizationId}.example.org/r/${code}`;
  const tell = (told: Omit<Told, 'userId'>, when: number, userId = referrer): Records =>
    tellOf(shop, { userId, ...told }, when, random);
  yield* tell(
    { type: 'referral.link_created', id: code, data: { referral_code: code, referral_url: url } },
    at,
  );
  const claims = Math.floor(MOST_CLAIMS * random.next() ** 2);
  for (let count = 1, when = at; count <= claims; count++) {
    when += Math.round(random.between(0.05, 2) * DAY_MS);
    yield* claim(shop, { referrer, code }, when, random);
    if (count === TIER_AT) {
      const data = { previous_tier: 'bronze', new_tier: 'silver', referral_count: count };
      yield* tell({ type: 'referral.tier_upgraded', id: `tier-${referrer}-${when}`, data }, when);
    }
  }
  if (claims >= TIER_AT && random.chance(0.6)) {
    const payoutAt = at + 13 * DAY_MS;
    const amount = cents(shop.price * CREDIT * claims);
    const data = { payout_id: `rp_${code}`, amount, currency: shop.currency };
    yield* tell({ type: 'referral.payout_sent', id: `rp_${code}`, data }, payoutAt);
  }
}

/** A friend signs up and, often, buys: an order that came from no checkout that we have seen. */
function* claim(
  shop: Shop,
  { referrer, code }: { readonly referrer: string; readonly code: string },
  at: number,
  random: Random,
): Records {
  const referee = `usr_${random.hex(10)}`;
  const tell = (told: Told, when: number): Records => tellOf(shop, told, when, random);
  const data = { referrer_id: referrer, referee_id: referee, referral_code: code };
  yield* tell({ type: 'referral.claimed', id: referee, userId: referee, data }, at);
  for (const [role, userId] of [
    ['referrer', referrer],
    ['referee', referee],
  ] as const) {
    yield* tell(creditOf(shop, role, userId, at + 900), at + 900);
  }
  if (!random.chance(0.55)) return;
  const order = orderOf(shop, referee, random);
  const orderedAt = at + random.whole(60_000, 7_200_000);
  yield* orderCreated(order, orderedAt, random);
  yield* orderCompleted(order, orderedAt + 4000, random);
  yield* tell(commissionOf(order, referrer), orderedAt + 6000);
}

/** In what the shop sells for; one shop gives credits of its own, which are no currency. */
function creditOf(shop: Shop, role: string, userId: string, at: number): Told {
  const currency = shop.organizationId === 'tidy-code' ? 'credits' : shop.currency;
  const amount = currency === 'credits' ? 10 : cents(shop.price * CREDIT);
  return {
    type: 'referral.credit_granted',
    id: `credit-${userId}-${at}`,
    userId,
    revenue: amount,
    data: { role, amount, currency },
  };
}

/** Not rounded by who computes it: 5 % of 59.97 is 2.9985. */
function commissionOf({ orderId, price, currency }: Order, referrer: string): Told {
  const commission = Number((price * COMMISSION).toFixed(4));
  return {
    type: 'referral.commission_earned',
    id: `commission-${referrer}-${orderId}`,
    userId: referrer,
    revenue: commission,
    data: { order_id: orderId, commission, currency },
  };
}

function orderOf(shop: Shop, userId: string, random: Random): Order {
  const offers = DEMO_OFFERS.filter(({ producerId }) => producerId === shop.organizationId);
  const { offerId, productId } = random.pickWeighted(offers, ({ weight }) => weight);
  return {
    orderId: `ord_${random.hex(12)}`,
    shop,
    productId,
    offerId,
    price: priceOf(shop, offerId),
    currency: shop.currency,
    userId,
    email: someVisitor(random).email,
    sessionId: null,
  };
}

const cents = (amount: number): number => Number(amount.toFixed(2));
