import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { perhaps, present, storable, storableJson } from '../support/arbitrary-text.js';
import { TestFootfall } from '../support/footfall.js';

const envelopes = fc.array(
  fc.record({
    type: present(200),
    timestamp: fc
      .tuple(fc.integer({ min: 0, max: 4_102_444_799 }), fc.integer({ min: 0, max: 999_999_999 }))
      .map(([seconds, nanos]) => {
        const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
        return `${whole}.${String(nanos).padStart(9, '0')}+00:00`;
      }),
    organization_id: perhaps(storable(200)),
    session_id: perhaps(storable(200)),
    data: perhaps(storableJson),
    ga4: fc.option(fc.oneof(storableJson, fc.string({ unit: 'grapheme-ascii' }), fc.nat()), {
      nil: undefined,
    }),
    facebook_capi: fc.option(storableJson, { nil: undefined }),
    // Never stored in a column of their own.
    amount_minor: fc.nat(),
    wire: fc.constant('collector'),
    received_at: fc.constant('2000-01-01T00:00:00Z'),
  }),
  { minLength: 1, maxLength: 20 },
);

const trimmedOrNull = (text: string | null): string | null => text?.trim() || null;

jest.setTimeout(60_000);

describe('a stored commerce event', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
  });
  afterAll(() => footfall.stop());

  it('holds what was sent, but for white space around its own texts', async () => {
    await fc.assert(
      fc.asyncProperty(envelopes, async (drawn) => {
        const run = randomUUID();
        const sent = drawn.map((event, i) => ({
          ...event,
          id: `${run} ${String(i).padStart(2, '0')}`,
          user_id: run,
        }));

        await footfall.post('/events/commerce/batch', sent).expect(200);
        await footfall.written();

        const rows = await footfall.query(
          `SELECT event_id, event_name, organization_id, session_id, data, ga4, facebook_capi,
                  timestamp_text, wire, transport, url, referrer, product_id, cart_id, quantity
           FROM commerce_events WHERE user_id = $1 ORDER BY event_id`,
          [run],
        );
        expect(rows).toEqual(
          sent.map((event) => ({
            event_id: event.id,
            event_name: event.type.trim(),
            organization_id: trimmedOrNull(event.organization_id),
            session_id: trimmedOrNull(event.session_id) ?? sessionIn(event.data),
            data: event.data,
            ga4: event.ga4 ?? null,
            facebook_capi: event.facebook_capi ?? null,
            timestamp_text: event.timestamp,
            wire: 'envelope',
            transport: 'http',
            url: null,
            referrer: null,
            product_id: null,
            cart_id: null,
            quantity: null,
          })),
        );
      }),
      { numRuns: 25 },
    );
  });
});

/** An order belongs to a checkout session also where only its data says so. */
function sessionIn(data: Record<string, unknown> | null): string | null {
  const session = data && Object.hasOwn(data, 'session_id') ? data['session_id'] : null;
  return typeof session === 'string' ? trimmedOrNull(session) : null;
}
