import type { EventRecord } from '#libs/event-log';
import { tellOf, type Told } from './commerce-people.js';
import { DEMO_SHOPS, type Shop } from './commerce-shops.js';
import { DAY_MS, dateOf, type DemoDay, type DemoSource } from './demo-plan.js';
import type { Random } from './random.js';
import { someTimeOn } from './traffic-shape.js';

type Records = Generator<EventRecord, void>;

const CONTRIBUTORS = 24;
const NAMES = ['octo-ana', 'brook', 'cedar', 'dune', 'ember', 'fern', 'grove', 'heath'];
/** Payouts are calculated on two days of the demo, each for the month before. */
const CALCULATED_ON: ReadonlySet<number> = new Set([4, 25]);
/** A few are calculated and never sent; a few are sent and were never calculated. */
const NEVER_SENT = 0.12;
const SENT_BY_HAND = 0.1;
const CORRECTED = 0.15;

interface Contributor {
  readonly userId: string;
  readonly name: string;
  readonly shop: Shop;
  /** The index of the day. */
  readonly registeredOn: number;
}

/** Whoever contributes, from the first days on. */
const contributors: readonly Contributor[] = Array.from({ length: CONTRIBUTORS }, (_, i) => ({
  userId: `usr_contributor_${i + 1}`,
  name: `${NAMES[i % NAMES.length]}-${i + 1}`,
  shop: DEMO_SHOPS[i % DEMO_SHOPS.length]!,
  registeredOn: Math.floor((i * i) / 24),
}));

/** Contributors register, their shares of a month are calculated, and sent some days later. */
export const commercePayouts: DemoSource = function* (day) {
  for (const contributor of contributors) {
    const random = day.random(`contributor ${contributor.userId}`);
    if (contributor.registeredOn === day.index) yield* registers(contributor, day, random);
    if (contributor.registeredOn < day.index && CALCULATED_ON.has(day.index)) {
      yield* isPaid(contributor, day, random);
    }
  }
};

function* registers({ userId, name, shop }: Contributor, day: DemoDay, random: Random): Records {
  const data = { github_username: name };
  const told = { type: 'contributor.registered', id: userId, userId, data };
  yield* tellOf(shop, told, someTimeOn(day, random), random);
}

function* isPaid({ userId, shop }: Contributor, day: DemoDay, random: Random): Records {
  const period = monthBefore(day);
  const at = someTimeOn(day, random);
  const amount = amountIn(shop, random);
  const sentAt = at + Math.round(random.between(0.5, 3.5) * DAY_MS);
  if (random.chance(SENT_BY_HAND)) {
    yield* tellOf(shop, sent(userId, shop, { period, amount }), sentAt, random);
    return;
  }
  yield* tellOf(shop, calculated(userId, shop, { period, amount }), at, random);
  const isCorrected = random.chance(CORRECTED);
  const final = isCorrected ? amountIn(shop, random) : amount;
  if (isCorrected) {
    const correction = calculated(userId, shop, { period, amount: final });
    yield* tellOf(shop, correction, at + 3_600_000, random);
  }
  if (random.chance(NEVER_SENT)) return;
  yield* tellOf(shop, sent(userId, shop, { period, amount: final }), sentAt, random);
}

interface Payout {
  readonly period: string;
  readonly amount: number;
}

const calculated = (userId: string, { currency }: Shop, { period, amount }: Payout): Told => ({
  type: 'contributor.payout_calculated',
  id: `payout-calc-${userId}-${period}`,
  userId,
  revenue: amount,
  data: { period_month: period, amount, currency },
});

const sent = (userId: string, { currency }: Shop, { period, amount }: Payout): Told => ({
  type: 'contributor.payout_sent',
  id: `po_${userId}_${period}`,
  userId,
  revenue: amount,
  data: { payout_id: `po_${userId}_${period}`, period_month: period, amount, currency },
});

const amountIn = ({ currency, price }: Shop, random: Random): number =>
  Number((price * random.between(0.8, 9)).toFixed(currency === 'JPY' ? 0 : 2));

/** `YYYY-MM` of the month that was over, or of the one that is nearly over. */
const monthBefore = ({ start }: DemoDay): string => dateOf(start - 15 * DAY_MS).slice(0, 7);
