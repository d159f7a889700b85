import { type AnalyticsEventDto, ENTITY_TYPES, EVENT_SOURCES } from '#libs/contracts';
import type { EventRecord, Refusal } from '#libs/event-log';
import { fromServer } from './analytics-delivery.js';
import { ALL_MEMBERS, ASSETS, BRANDS, knownBy, PROJECT_IDS } from './analytics-world.js';
import { type BadBody, breach, refusalOf } from './bad-body.js';
import type { DemoDay, DemoSource } from './demo-plan.js';
import type { Random } from './random.js';
import { someTimeOn } from './traffic-shape.js';
import { someVisitor } from './visitor.js';

type Records = Generator<EventRecord, void>;
type Chore = Pick<AnalyticsEventDto, 'eventType' | 'source' | 'props'>;

const CHORES_A_DAY = 30;
/** What the platform does by itself, and how often. */
const CHORES: readonly (readonly [share: number, chore: Chore])[] = [
  [30, { eventType: 'api_request', props: { path: '/v1/assets', status: 200, ms: 18 } }],
  [14, { eventType: 'job_completed', source: 'system', props: { job: 'previews' } }],
  [1, { eventType: 'job_failed', source: 'system', props: { job: 'previews', tries: 3 } }],
  [8, { eventType: 'webhook_received', source: 'webhook', props: { from: 'payments' } }],
  [2, { eventType: 'error_occurred', source: 'system', props: { code: 'E_TIMEOUT' } }],
  [18, { eventType: 'email_sent', source: 'system', props: { template: 'weekly' } }],
  [9, { eventType: 'email_opened', source: 'webhook', props: { template: 'weekly' } }],
  [4, { eventType: 'email_clicked', source: 'webhook', props: { template: 'weekly' } }],
  [1, { eventType: 'email_bounced', source: 'webhook', props: { template: 'weekly' } }],
  [1, { eventType: 'moodboard_pinned', props: { board: 'winter' } }], // no dashboard knows it
];

/** What nobody visits: jobs, letters, callbacks; and once in a while the end of something. */
export const analyticsPlatform: DemoSource = function* (day) {
  for (let i = 0; i < CHORES_A_DAY; i++) {
    const random = day.random(`chore ${i}`);
    const [, chore] = random.pickWeighted(CHORES, ([share]) => share);
    const isLetter = chore.eventType.startsWith('email_');
    const member = isLetter ? random.pick(knownBy(ALL_MEMBERS, day.index)) : null;
    yield* fromServer(chore, member, someTimeOn(day, random), random);
  }
  yield* changes(day, day.random('changes'));
};

/** One thing or another changes each week. */
function* changes(day: DemoDay, random: Random): Records {
  const [project = ''] = PROJECT_IDS;
  const last = ASSETS.at(-1)!.assetId;
  const [brand] = BRANDS;
  const change = (
    eventType: string,
    entityType: AnalyticsEventDto['entityType'],
    entityId: string,
  ): Records =>
    fromServer({ eventType, entityType, entityId }, null, someTimeOn(day, random), random);
  if (day.index % 7 === 3) yield* change('project_updated', 'project', project);
  if (day.index === 20) yield* change('project_completed', 'project', project);
  if (day.index === 22) yield* change('project_archived', 'project', project);
  if (day.index === 26) yield* change('project_deleted', 'project', 'draft-project');
  if (day.index === 28) yield* change('asset_deleted', 'asset', last);
  if (day.index === 16) yield* change('ownership_transferred', 'asset', 'asset-9');
  if (day.index % 9 === 5) yield* change('brand_profile_updated', 'brand', brand!.brandId);
}

/** What integrators get wrong, each made from an event that is right. */
const MISTAKES: readonly ((event: AnalyticsEventDto) => BadBody)[] = [
  (event) => breach('eventType', 'is required', { ...event, eventType: undefined }),
  (event) =>
    breach('source', `must be one of: ${EVENT_SOURCES.join(', ')}`, {
      ...event,
      source: 'browser',
    }),
  (event) =>
    breach('entityType', `must be one of: ${ENTITY_TYPES.join(', ')}`, {
      ...event,
      entityType: 'picture',
    }),
  (event) => breach('props', 'must be an object', { ...event, props: 'asset-1' }),
];

/** What the door refused: a mistake every other day. */
export const analyticsRefusals: DemoSource = function* (day): Generator<Refusal, void> {
  const mistake = MISTAKES[(day.index / 2) % MISTAKES.length];
  if (mistake === undefined) return;
  const random = day.random('analytics refusals');
  const event: AnalyticsEventDto = {
    eventType: 'asset_viewed',
    entityType: 'asset',
    entityId: random.pick(ASSETS).assetId,
    sessionId: `studio-${random.hex(12)}`,
  };
  const peer = someVisitor(random);
  yield refusalOf('analytics', mistake(event), { peer, at: someTimeOn(day, random), random });
};
