import {
  CHECKOUT_EVENT_NAMES,
  CHECKOUT_MODES,
  CHECKOUT_STEPS,
  CHECKOUT_TYPES,
  EXECUTION_ENVIRONMENTS,
  PAYMENT_METHODS,
} from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import * as fc from 'fast-check';
import { aReceipt, aRecord } from './event-writer-records.js';

const DAY_MS = 86_400_000;
export const MONDAY = Date.parse('2026-01-05T00:00:00Z');

/** Few values of each, so that events meet: in a session, at a moment, at midnight. */
const moments = fc.oneof(
  fc.integer({ min: 0, max: 20 }).map((step) => MONDAY + DAY_MS - 10 + step),
  fc.integer({ min: 0, max: 4 * DAY_MS }).map((ms) => MONDAY + ms),
  fc.constantFrom(0, 4_102_444_800_000),
);
const perhaps = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const facts = fc.record({
  eventName: fc.constantFrom(...CHECKOUT_EVENT_NAMES),
  sessionId: fc.constantFrom('s1', 's2', 's3'),
  offerId: fc.constantFrom('o1', 'o2'),
  timestamp: moments,
  executionEnvironment: fc.constantFrom(...EXECUTION_ENVIRONMENTS),
  fullHostname: fc.constantFrom('a.example.com', 'b.example.com', 'localhost', '10.0.0.1'),
  checkoutType: perhaps(fc.constantFrom(...CHECKOUT_TYPES)),
  checkoutMode: perhaps(fc.constantFrom(...CHECKOUT_MODES)),
  step: perhaps(fc.constantFrom(...CHECKOUT_STEPS)),
  paymentMethod: perhaps(fc.constantFrom(...PAYMENT_METHODS)),
  email: perhaps(fc.constantFrom('a@example.com', 'b@example.com')),
  phone: perhaps(fc.constantFrom('+1', '+2')),
});

const sendings = fc.record({
  facts,
  receivedAt: fc.integer({ min: 0, max: 5 * DAY_MS }).map((ms) => MONDAY + ms),
  productId: fc.constantFrom('p1', 'p2'),
  producerId: fc.constantFrom('q1', 'q2'),
  /** Sent once more, later. */
  again: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
});

/** What happens between two batches. */
const happenings = fc.constantFrom('nothing', 'project', 'crash', 'roll up', 'fold all again');

export const stories = fc.record({
  sendings: fc.array(sendings, { minLength: 1, maxLength: 60 }),
  batches: fc.array(fc.record({ size: fc.integer({ min: 1, max: 15 }), then: happenings }), {
    minLength: 1,
    maxLength: 12,
  }),
});

export type Sending = typeof sendings extends fc.Arbitrary<infer Value> ? Value : never;
export type Happening = typeof happenings extends fc.Arbitrary<infer Value> ? Value : never;

export function recordsOf(all: readonly Sending[]): AcceptedEvent[] {
  const records = all.map(({ facts: event, receivedAt, productId, producerId }, index) =>
    aRecord(
      { ...event, eventId: `e${index}` },
      { receipt: aReceipt({ receivedAt }), offer: { productId, producerId } },
    ),
  );
  return [...records, ...records.filter((_, index) => all[index]!.again)];
}
