import type { EventRecord } from '#libs/event-log';
import { someGuest } from './analytics-visits.js';
import { AnalyticsWalk } from './analytics-walk.js';
import { POST_IDS } from './analytics-world.js';
import type { DemoSource } from './demo-plan.js';
import { sessionsOn, someTimeOn } from './traffic-shape.js';

type Records = Generator<EventRecord, void>;

/** Beside the visits to checkouts. */
const READERS = 0.15;
const DEPTHS = [25, 50, 75, 100];
/** What readers do with a post, and how many of those who read on do it. */
const DEEDS: readonly (readonly [string, number])[] = [
  ['post_like_clicked', 0.16],
  ['post_comment_clicked', 0.07],
  ['post_shared', 0.05],
  ['post_social_share_clicked', 0.05],
  ['post_download_clicked', 0.04],
  ['post_cta_clicked', 0.12],
  ['post_email_capture', 0.03],
  ['post_subscribed', 0.02],
];

/** Posts of the platform, as they are read, to their end or not. */
export const analyticsPosts: DemoSource = function* (day) {
  const readers = Math.round(READERS * sessionsOn(day, day.random('readers')));
  for (let i = 0; i < readers; i++) {
    const random = day.random(`reader ${i}`);
    const guest = someGuest(day, random);
    const walk = new AnalyticsWalk(guest, someTimeOn(day, random), random);
    yield* reads(walk, random.pick(POST_IDS));
  }
};

function* reads(walk: AnalyticsWalk, postId: string): Records {
  const post = { entityType: 'post', entityId: postId } as const;
  const tell = (eventType: string, props: object = {}): Records =>
    walk.happens(eventType, { ...post, props: { ...props } });
  yield* tell('post_session_start');
  yield* tell('post_viewed');
  if (walk.does(0.2))
    yield* tell('post_experiment_viewed', { variant: walk.does(0.5) ? 'a' : 'b' });
  if (walk.does(0.35)) yield* tell('post_bounce');
  else yield* readsOn(walk, tell);
  yield* tell('post_page_exit');
  yield* tell('post_session_end');
}

type Tell = (eventType: string, props?: object) => Records;

function* readsOn(walk: AnalyticsWalk, tell: Tell): Records {
  let engagementTime = 0;
  for (const depth of DEPTHS) {
    if (!walk.does(0.72)) break;
    engagementTime += walk.random.whole(5, 40);
    walk.passes(20);
    yield* tell('post_scroll_depth', { depth });
    if (depth === 50) yield* tell('post_engagement_milestone', { milestone: 'half' });
    if (depth === 100) yield* tell('post_read_complete');
  }
  yield* tell('post_engagement_time', { engagementTime });
  for (const [deed, share] of DEEDS) if (walk.does(share)) yield* tell(deed);
}
