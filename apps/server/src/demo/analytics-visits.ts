import type { AnalyticsEventDto } from '#libs/contracts';
import type { EventRecord } from '#libs/event-log';
import type { Guest } from './analytics-delivery.js';
import { AnalyticsWalk } from './analytics-walk.js';
import {
  ALL_MEMBERS,
  type Asset,
  ASSETS,
  BRANDS,
  CREATORS,
  knownBy,
  PROJECT_IDS,
} from './analytics-world.js';
import type { DemoDay, DemoSource } from './demo-plan.js';
import type { Random } from './random.js';
import { sessionsOn, someTimeOn } from './traffic-shape.js';
import { someVisitor } from './visitor.js';

type Records = Generator<EventRecord, void>;
type Attribution = NonNullable<AnalyticsEventDto['attribution']>;

/** Beside the visits to checkouts. */
const VISITS = 0.6;
const SIGNED_IN = 0.35;
const MOBILE_APP = 0.14;
const BOTS = 0.05;
const BOT_AGENTS = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
];
const SEARCHES = ['lighthouse', 'boats', 'rain', 'night', 'tram', 'orchard', 'abstract'];

/** Where visitors come from, and how many; those who type the address bring nothing. */
const WAYS: readonly (readonly [share: number, attribution: Attribution | null])[] = [
  [34, null],
  [22, { utmSource: 'google', utmMedium: 'organic', referrer: 'https://www.google.com/' }],
  [12, { utmSource: 'google', utmMedium: 'cpc', utmCampaign: 'spring_2026', utmTerm: 'art' }],
  [14, { utmSource: 'instagram', utmMedium: 'social', referrer: 'https://www.instagram.com/' }],
  [8, { utmSource: 'newsletter', utmMedium: 'email', utmCampaign: 'weekly', utmContent: 'top' }],
  [6, { referrer: 'https://blog.example.org/best-pictures' }],
  [4, { referrer: 'https://search.example.com/?q=pictures' }],
];

/** Visits to the platform: pages, searches, pictures that are looked at, downloaded and licensed. */
export const analyticsVisits: DemoSource = function* (day) {
  const visits = Math.round(VISITS * sessionsOn(day, day.random('analytics visits')));
  for (let i = 0; i < visits; i++) {
    const random = day.random(`analytics visit ${i}`);
    const guest = someGuest(day, random);
    yield* visit(new AnalyticsWalk(guest, someTimeOn(day, random), random), day);
  }
};

export function someGuest(day: DemoDay, random: Random): Guest {
  const visitor = someVisitor(random);
  const isBot = random.chance(BOTS);
  const [, way] = random.pickWeighted(WAYS, ([share]) => share);
  const isMember = !isBot && random.chance(SIGNED_IN);
  return {
    peer: isBot ? { ...visitor, userAgent: random.pick(BOT_AGENTS) } : visitor,
    sessionId: `studio-${random.hex(12)}`,
    source: !isBot && random.chance(MOBILE_APP) ? 'mobile' : 'web',
    member: isMember ? random.pick(knownBy(ALL_MEMBERS, day.index)) : null,
    attribution: way && { ...way, landingPage: 'https://studio.example.com/gallery' },
  };
}

function* visit(walk: AnalyticsWalk, day: DemoDay): Records {
  const { member } = walk.guest;
  if (member !== null && walk.does(0.5)) {
    const entity = { entityType: 'user', entityId: member.userId } as const;
    yield* walk.happens('user_logged_in', entity);
    if (walk.does(0.03)) yield* walk.happens('user_profile_updated', entity);
    if (walk.does(0.02)) yield* walk.happens('user_password_changed', entity);
  }
  yield* walk.happens('page_viewed', { props: { path: '/gallery', title: 'Asset Gallery' } });
  if (walk.does(0.35)) yield* searches(walk);
  for (let looks = 0; walk.does(looks === 0 ? 0.8 : 0.5) && looks < 6; looks++) {
    const assets = knownBy(ASSETS, day.index);
    yield* looksAt(
      walk,
      walk.random.pickWeighted(assets, ({ weight }) => weight),
    );
  }
  if (walk.does(0.16)) yield* wanders(walk, day);
  if (member !== null && walk.does(0.3)) yield* walk.happens('user_logged_out');
}

function* searches(walk: AnalyticsWalk): Records {
  const query = walk.random.pick(SEARCHES);
  const resultsCount = walk.random.whole(0, 24);
  yield* walk.happens('search_performed', { props: { query, resultsCount } });
  if (walk.does(0.4)) {
    yield* walk.happens('filter_applied', { props: { filter: 'colour', value: 'blue' } });
  }
}

function* looksAt(walk: AnalyticsWalk, asset: Asset): Records {
  const { assetId, title, projectId } = asset;
  const entity = { entityType: 'asset', entityId: assetId } as const;
  const engagementTime = walk.random.whole(2, 90);
  const props = { assetTitle: title, engagementTime, ...(projectId && { projectId }) };
  yield* walk.happens('asset_viewed', { ...entity, props });
  walk.passes(engagementTime / 4);
  if (walk.does(0.12)) yield* walk.happens('asset_downloaded', { ...entity, props: { size: 'm' } });
  if (walk.does(0.04)) yield* walk.happens('asset_shared', { ...entity, props: { to: 'link' } });
  if (walk.does(0.1)) yield* asksForLicence(walk, asset);
}

/** Up to the form; the licence itself is a story of its own. */
function* asksForLicence(walk: AnalyticsWalk, { assetId }: Asset): Records {
  const props = { assetId };
  yield* walk.isTold('license_clicked', { props });
  yield* walk.happens('modal_opened', { props: { modal: 'licence', ...props } });
  if (walk.does(0.5)) yield* walk.happens('form_submitted', { props: { form: 'licence' } });
  else yield* walk.happens('modal_closed', { props: { modal: 'licence' } });
}

function* wanders(walk: AnalyticsWalk, day: DemoDay): Records {
  const { random } = walk;
  const { creatorId } = random.pick(knownBy(CREATORS, day.index));
  const { brandId } = random.pick(knownBy(BRANDS, day.index));
  if (walk.does(0.5)) {
    const entity = { entityType: 'creator', entityId: creatorId } as const;
    yield* walk.happens('creator_portfolio_viewed', entity);
  } else {
    const entity = { entityType: 'project', entityId: random.pick(PROJECT_IDS) } as const;
    yield* walk.happens('brand_project_viewed', { ...entity, props: { brandId } });
  }
  yield* walk.happens('button_clicked', { props: { button: 'follow' } });
  yield* walk.happens('cta_clicked', { props: { cta: 'sign-up' } });
}
