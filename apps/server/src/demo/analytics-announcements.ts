import type { EventRecord } from '#libs/event-log';
import { fromServer } from './analytics-delivery.js';
import {
  ALL_MEMBERS,
  type Asset,
  ASSETS,
  type Brand,
  BRANDS,
  type Creator,
  CREATORS,
  type Member,
  PROJECT_IDS,
} from './analytics-world.js';
import type { DemoDay, DemoSource } from './demo-plan.js';
import type { Random } from './random.js';
import { someTimeOn } from './traffic-shape.js';

type Records = Generator<EventRecord, void>;

const MINUTE_MS = 60_000;
/** Whoever was there before the demo is told in its first hour: before anybody visits. */
const FIRST_HOUR_MS = 60 * MINUTE_MS;

/** What the catalogue learns: members, creators, brands, projects and assets, as they appear. */
export const analyticsAnnouncements: DemoSource = function* (day) {
  const isNew = ({ since }: { readonly since: number }): boolean => since === day.index;
  for (const member of ALL_MEMBERS.filter(isNew)) yield* signsUp(member, on(day, member.userId));
  for (const creator of CREATORS.filter(isNew)) {
    yield* profileOfCreator(creator, on(day, creator.creatorId));
  }
  for (const brand of BRANDS.filter(isNew)) yield* profileOfBrand(brand, on(day, brand.brandId));
  for (const asset of ASSETS.filter(isNew)) yield* upload(asset, on(day, asset.assetId));
  if (day.index === 0) for (const id of PROJECT_IDS) yield* project(id, on(day, id));
};

interface Moment {
  readonly at: number;
  readonly random: Random;
}

function on(day: DemoDay, id: string): Moment {
  const random = day.random(`announcement ${id}`);
  const at = day.index === 0 ? day.start + random.whole(0, FIRST_HOUR_MS) : someTimeOn(day, random);
  return { at, random };
}

const memberOf = (id: string): Member | null =>
  ALL_MEMBERS.find(({ userId }) => userId === `usr-${id}`) ?? null;

function* signsUp(member: Member, { at, random }: Moment): Records {
  const entity = { entityType: 'user', entityId: member.userId } as const;
  const { name, role } = member;
  yield* fromServer(
    { eventType: 'user_signed_up', ...entity, props: { name, role } },
    member,
    at,
    random,
  );
  if (random.chance(0.85)) {
    const verifiedAt = at + random.whole(1, 20) * MINUTE_MS;
    yield* fromServer({ eventType: 'user_email_verified', ...entity }, member, verifiedAt, random);
  }
}

function* profileOfCreator({ creatorId, name }: Creator, { at, random }: Moment): Records {
  const entity = { entityType: 'creator', entityId: creatorId } as const;
  const member = memberOf(creatorId);
  const made = { eventType: 'creator_profile_created', ...entity, props: { name } };
  yield* fromServer(made, member, at, random);
  const changedAt = at + random.whole(20, 300) * MINUTE_MS;
  const changed = { eventType: 'creator_profile_updated', ...entity, props: { name, bio: 'Hi' } };
  yield* fromServer(changed, member, changedAt, random);
  yield* fromServer(
    { eventType: 'creator_verified', ...entity },
    null,
    changedAt + MINUTE_MS,
    random,
  );
}

function* profileOfBrand({ brandId, name }: Brand, { at, random }: Moment): Records {
  const entity = { entityType: 'brand', entityId: brandId } as const;
  const member = memberOf(brandId);
  const made = { eventType: 'brand_profile_created', ...entity, props: { name } };
  yield* fromServer(made, member, at, random);
  const changedAt = at + random.whole(20, 300) * MINUTE_MS;
  yield* fromServer({ ...made, eventType: 'brand_profile_updated' }, member, changedAt, random);
  yield* fromServer(
    { eventType: 'brand_verified', ...entity },
    null,
    changedAt + MINUTE_MS,
    random,
  );
}

/** One in nine is turned down first, changed, and approved then. */
function* upload({ assetId, title, creator, projectId }: Asset, { at, random }: Moment): Records {
  const entity = { entityType: 'asset', entityId: assetId } as const;
  const member = memberOf(creator.creatorId);
  const tell = (eventType: string, minutes: number, props: object = {}): Records =>
    fromServer(
      { eventType, ...entity, props: { ...props } },
      member,
      at + minutes * MINUTE_MS,
      random,
    );
  const { creatorId } = creator;
  yield* tell('asset_uploaded', 0, { title, creatorId, ...(projectId && { projectId }) });
  yield* tell('ownership_created', 1, { creatorId });
  yield* tell('asset_preview_generated', 2);
  if (random.chance(0.11)) {
    yield* tell('asset_rejected', 15, { reason: 'too_small' });
    yield* tell('asset_updated', 30, { title });
  }
  yield* tell('asset_approved', 40);
  yield* tell('ownership_verified', 45, { creatorId });
}

function* project(projectId: string, { at, random }: Moment): Records {
  const member = memberOf('brand-1');
  const tell = (eventType: string, minutes: number): Records =>
    fromServer(
      { eventType, entityType: 'project', entityId: projectId, props: { brandId: 'brand-1' } },
      member,
      at + minutes * MINUTE_MS,
      random,
    );
  yield* tell('project_created', 0);
  yield* tell('project_started', 90);
}
