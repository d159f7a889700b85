import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  compileChecks,
  FLOW_TYPES,
  TRACKING_EVENT_TYPES,
  type TrackingEvent,
  TrackingEventDto,
} from '#libs/contracts';
import type { AcceptedEvent, Refusal } from '#libs/event-log';
import type { Check } from '#libs/platform';
import { documentOf } from '../../../../test/support/document-of.js';
import { DEMO_OFFERS } from './catalogue.js';
import { daysOf } from './demo-plan.js';
import { trackingRefusals, trackingTraffic } from './tracking-traffic.js';

const DAYS = daysOf({ seed: 1, lastDay: '2026-11-21' });

describe('the tracking events of a demo', () => {
  const records = DAYS.flatMap((day) => [...trackingTraffic(day)]) as AcceptedEvent[];
  const events = records.map(({ event }) => event as TrackingEvent);
  let check: Check;

  beforeAll(async () => {
    check = compileChecks(await documentOf(TrackingEventDto))(TrackingEventDto);
  });

  const visitsWith = (...types: readonly string[]): number =>
    new Set(events.filter((each) => types.includes(each.eventType)).map((each) => each.sessionId))
      .size;

  it('keep the contract, and are as a door hands them on', () => {
    const checked = structuredClone(events);

    const broken = checked.filter((event) => check(event).breaches.length > 0);

    expect(broken).toEqual([]);
    expect(JSON.stringify(checked)).toBe(JSON.stringify(events));
  });

  it('are of every type and flow', () => {
    expect(new Set(events.map(({ eventType }) => eventType))).toEqual(
      new Set(TRACKING_EVENT_TYPES),
    );
    expect(new Set(events.flatMap((event) => ('flow' in event ? event.flow : [])))).toEqual(
      new Set(FLOW_TYPES),
    );
  });

  it.each([
    [
      'buyers',
      [
        'PAGEVIEW',
        'COCKPIT_BUY_LAUNCH',
        'COCKPIT_BUY_STEP',
        'COCKPIT_BUY_PAYMENT',
        'COCKPIT_BUY_PURCHASE',
        'COCKPIT_BUY_DOWNLOAD',
      ],
    ],
    [
      'sellers',
      [
        'PAGEVIEW',
        'COCKPIT_CREATE_LAUNCH',
        'COCKPIT_CREATE_STEP',
        'COCKPIT_CREATE_SUCCESS',
        'COCKPIT_CREATE_DOWNLOAD',
      ],
    ],
  ])('lose %s from step to step', (_who, types) => {
    const counts = types.map((type) => visitsWith(type));

    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(new Set(counts).size).toBe(counts.length);
  });

  it('tell a signed-in visitor by the user, and another by the session', () => {
    const wrong = events.filter((each) => each.trackId !== (each.userId ?? each.sessionId));
    const users = new Set(events.flatMap(({ userId }) => userId ?? []));
    const signedIn = new Set(events.filter((each) => each.userId).map((each) => each.sessionId));

    expect(wrong).toEqual([]);
    expect(users.size).toBeGreaterThan(100);
    expect(users.size).toBeLessThan(signedIn.size); // they come back
  });

  it('spell times in both ways, and come with an id or without', () => {
    expect(new Set(events.map(({ timestamp }) => typeof timestamp))).toEqual(
      new Set(['string', 'number']),
    );
    expect(new Set(events.map(({ eventId }) => typeof eventId))).toEqual(
      new Set(['string', 'undefined']),
    );
  });

  it('come late and twice now and then', () => {
    const texts = events.map((event) => JSON.stringify(event));
    const delays = records.map(
      ({ receipt, event }) => receipt.receivedAt - +new Date((event as TrackingEvent).timestamp),
    );

    expect(texts.length - new Set(texts).size).toBeGreaterThan(100);
    expect(delays.filter((delay) => delay > 3_600_000).length).toBeGreaterThan(50);
    expect(delays.filter((delay) => delay < 0)).toEqual([]);
  });

  it('sell what the catalogue has', () => {
    const products = new Set(DEMO_OFFERS.map(({ productId }) => productId));

    const bought = events.flatMap((event) =>
      event.eventType.startsWith('COCKPIT_BUY')
        ? (event as { productSlug: string }).productSlug
        : [],
    );

    expect(bought.filter((slug) => !products.has(slug))).toEqual([]);
  });

  it('are refused now and then, for the reasons that the check itself gives', () => {
    const refusals = DAYS.flatMap((day) => [...trackingRefusals(day)]) as Refusal[];

    const reasons = refusals.map(({ raw }) => check(JSON.parse(raw)).breaches);

    expect(reasons).toEqual(refusals.map(({ breaches }) => breaches));
    expect(new Set(refusals.map(({ breaches }) => breaches[0]?.field)).size).toBe(4);
  });
});
