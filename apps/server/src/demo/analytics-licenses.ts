import type { EventRecord } from '#libs/event-log';
import { fromServer } from './analytics-delivery.js';
import {
  ALL_MEMBERS,
  type Asset,
  ASSETS,
  type Brand,
  BRANDS,
  CREATORS,
  knownBy,
  type Member,
} from './analytics-world.js';
import { DAY_MS, dateOf, type DemoDay, type DemoSource } from './demo-plan.js';
import type { Random } from './random.js';
import { someTimeOn } from './traffic-shape.js';

type Records = Generator<EventRecord, void>;

const A_DAY = { least: 3, most: 10 };
const MINUTE_MS = 60_000;
/** A creator's share of what a licence costs. */
const ROYALTY = 0.7;
/** Creators are paid once a week. */
const PAID_EVERY = 7;

/** Licences that brands buy, and what becomes of them; on some days creators are paid. */
export const analyticsLicenses: DemoSource = function* (day) {
  const licences = day.random('licences').whole(A_DAY.least, A_DAY.most);
  for (let i = 0; i < licences; i++) {
    const random = day.random(`licence ${i}`);
    const asset = random.pickWeighted(knownBy(ASSETS, day.index), ({ weight }) => weight);
    const brand = random.pick(knownBy(BRANDS, day.index));
    yield* licence(asset, brand, someTimeOn(day, random), random);
  }
  if (day.index % PAID_EVERY === PAID_EVERY - 1) yield* payouts(day);
};

const memberOf = ({ brandId }: Brand): Member | null =>
  ALL_MEMBERS.find(({ userId }) => userId === `usr-${brandId}`) ?? null;

function* licence(asset: Asset, brand: Brand, at: number, random: Random): Records {
  const licenceId = `licence-${random.hex(8)}`;
  const { assetId, feeCents: fee, creator, projectId } = asset;
  const feeCents = random.chance(0.25) ? 3 * fee : fee; // exclusive ones are dearer
  const whose = { assetId, brandId: brand.brandId, ...(projectId && { projectId }) };
  const tell = (eventType: string, when: number, props: object = {}): Records =>
    fromServer(
      { eventType, entityType: 'license', entityId: licenceId, props: { ...whose, ...props } },
      memberOf(brand),
      when,
      random,
    );
  const licenseType = feeCents === fee ? 'STANDARD' : 'EXCLUSIVE';
  yield* tell('license_created', at, { licenseType, feeCents, revenueCents: feeCents });
  yield* tell('license_viewed', at + 2 * MINUTE_MS);
  const signedAt = at + random.whole(5, 3000) * MINUTE_MS;
  if (!random.chance(0.85)) return;
  yield* tell('license_signed', signedAt);
  const amountCents = Math.round(feeCents * ROYALTY);
  yield* tell('royalty_calculated', signedAt + MINUTE_MS, {
    creatorId: creator.creatorId,
    amountCents,
  });
  yield* ends(tell, signedAt, feeCents, random);
}

/** A short licence ends within the demo: most are renewed, which is paid for again. */
function* ends(
  tell: (eventType: string, when: number, props?: object) => Records,
  signedAt: number,
  feeCents: number,
  random: Random,
): Records {
  if (!random.chance(0.4)) return;
  const endsAt = signedAt + random.whole(5, 12) * DAY_MS;
  const end = random.pickWeighted(
    ['license_renewed', 'license_expired', 'license_terminated'],
    (each) => ({ license_renewed: 60, license_expired: 32 })[each] ?? 8,
  );
  const isRenewed = end === 'license_renewed';
  yield* tell(end, endsAt, isRenewed ? { feeCents, revenueCents: feeCents } : {});
}

function* payouts(day: DemoDay): Records {
  for (const { creatorId } of knownBy(CREATORS, day.index)) {
    const random = day.random(`payout ${creatorId}`);
    const at = someTimeOn(day, random);
    const period = dateOf(day.start);
    const tell = (eventType: string, type: 'royalty' | 'payout', minutes: number): Records =>
      fromServer(
        {
          eventType,
          source: 'system',
          entityType: type,
          entityId: `${type}-${creatorId}-${period}`,
          props: { creatorId, period, amountCents: random.whole(5000, 90_000) },
        },
        null,
        at + minutes * MINUTE_MS,
        random,
      );
    yield* tell('royalty_statement_generated', 'royalty', 0);
    if (random.chance(0.7)) yield* tell('royalty_statement_reviewed', 'royalty', 40);
    yield* tell(random.chance(0.92) ? 'payout_completed' : 'payout_failed', 'payout', 90);
  }
}
