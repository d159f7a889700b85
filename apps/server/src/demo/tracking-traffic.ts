import { TRACKING_EVENT_TYPES, type TrackingEvent } from '#libs/contracts';
import type { AcceptedEvent, Refusal } from '#libs/event-log';
import { type BadBody, breach, refusalOf } from './bad-body.js';
import { DEMO_OFFERS } from './catalogue.js';
import { delivered } from './delivery.js';
import type { DemoDay, DemoSource } from './demo-plan.js';
import type { Random } from './random.js';
import { trackingVisit } from './tracking-visit.js';
import type { TrackingVisit } from './tracking-walk.js';
import { sessionsOn, someTimeOn } from './traffic-shape.js';
import { someVisitor, type Visitor } from './visitor.js';

/** Signed-in users come back; the others are known by their session alone. */
const USERS = 700;
const SIGNED_IN = 0.4;
const NEWER_FRONT_END = 0.6;

/** Visits to the shops, from the first page to the download or to where the visitor left. */
export const trackingTraffic: DemoSource = function* (day): Generator<AcceptedEvent, void> {
  const visits = sessionsOn(day, day.random('tracking visits'));
  for (let i = 0; i < visits; i++) {
    const random = day.random(`tracking visit ${i}`);
    const peer = someVisitor(random);
    for (const event of trackingVisit(someVisit(day, random), random)) {
      yield* deliveredTracking(event, peer, random);
    }
  }
};

function someVisit(day: DemoDay, random: Random): TrackingVisit {
  const { producerId } = random.pickWeighted(DEMO_OFFERS, ({ weight }) => weight);
  return {
    sessionId: `visit-${random.hex(12)}`,
    userId: random.chance(SIGNED_IN) ? `user-${random.whole(1, USERS)}` : null,
    host: `shop.${producerId}.example.org`,
    startedAt: someTimeOn(day, random),
    isNewer: random.chance(NEWER_FRONT_END),
  };
}

/** What comes without an id is known by its content, and cannot be contradicted. */
const deliveredTracking = (event: TrackingEvent, peer: Visitor, random: Random) =>
  delivered(
    {
      contract: 'tracking',
      event,
      happenedAt: +new Date(event.timestamp),
      peer,
      ...(event.eventId !== undefined && { contradicting }),
    },
    random,
  );

const contradicting = (event: TrackingEvent): TrackingEvent => ({ ...event, path: '/other' });

/** What integrators get wrong, each made from a page view that is right. */
const MISTAKES: readonly ((event: TrackingEvent) => BadBody)[] = [
  (event) => breach('sessionId', 'is required', { ...event, sessionId: undefined }),
  (event) => breach('step', 'is required', launch({ ...event, flow: 'FILE' })),
  (event) =>
    breach('eventType', `must be one of: ${TRACKING_EVENT_TYPES.join(', ')}`, {
      ...event,
      eventType: 'page_view',
    }),
  (event) => breach('url', 'must not be empty', { ...event, url: ' ' }),
];

const launch = (said: object): object => ({
  ...said,
  eventType: 'COCKPIT_BUY_LAUNCH',
  productSlug: 'songbook',
});

/** What the door refused: a mistake every other day. */
export const trackingRefusals: DemoSource = function* (day): Generator<Refusal, void> {
  if (day.index % 2 === 1) return;
  const random = day.random('tracking refusals');
  const peer = someVisitor(random);
  const [event] = trackingVisit(someVisit(day, random), random);
  const mistake = MISTAKES[(day.index / 2) % MISTAKES.length];
  if (event === undefined || mistake === undefined) return;
  const at = +new Date(event.timestamp);
  yield refusalOf('tracking', mistake(event), { peer, at, random });
};
