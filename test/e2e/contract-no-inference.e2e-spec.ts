import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  CHECKOUT_FIELDS,
  normalisedByHand,
  validCheckoutEvents,
} from '../support/arbitrary-checkout-events.js';
import { TestFootfall } from '../support/footfall.js';

/** What front ends may add without asking. */
const unknownFields = fc.dictionary(
  fc.constantFrom('__proto__', 'constructor', 'cartId', 'event_id', 'createdAt', 'ipAddress'),
  fc.jsonValue({ maxDepth: 3 }),
);

const sentEvents = fc.array(
  fc.record({
    event: validCheckoutEvents,
    unknown: unknownFields,
    offerId: fc.constantFrom('offer-1', ' offer-2\t'),
  }),
  { minLength: 2, maxLength: 20 },
);

const OFFERS: Readonly<Record<string, object>> = {
  'offer-1': { product_id: 'product-1', producer_id: 'producer-1' },
  'offer-2': { product_id: 'product-2', producer_id: 'producer-2' },
};

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

describe('a stored checkout event', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-1', 'product-1', 'producer-1');
    await footfall.offer('offer-2', 'product-2', 'producer-2');
  });
  afterAll(() => footfall.stop());

  it('is what was sent, but for white space, the case of the e-mail, and what the server adds', async () => {
    await fc.assert(
      fc.asyncProperty(sentEvents, async (drawn) => {
        const run = randomUUID();
        const sent = drawn.map(({ event, unknown, offerId }, i) => ({
          ...unknown,
          ...event,
          offerId,
          eventId: `${run} ${String(i).padStart(2, '0')}`,
        }));

        await footfall.post('/events/checkout', sent[0]).set('user-agent', run).expect(204);
        await footfall
          .post('/events/checkout/batch', sent.slice(1))
          .set('user-agent', run)
          .expect(200);
        await footfall.written();

        const rows = await footfall.query(
          'SELECT * FROM checkout_events WHERE user_agent = $1 ORDER BY event_id',
          [run],
        );
        expect(rows).toEqual(sent.map((event) => rowByHand(event, run)));
      }),
      { numRuns: 25 },
    );
  });
});

/** The row of an event, written a second time, with every column there is. */
function rowByHand(sent: object, userAgent: string): object {
  const event = normalisedByHand(sent);
  const columns = CHECKOUT_FIELDS.filter((field) => field !== 'timestamp').map((field) => [
    snakeCase(field),
    event[field] ?? null,
  ]);
  return {
    ...(Object.fromEntries(columns) as object),
    ...OFFERS[String(event['offerId'])],
    event_timestamp: new Date(event['timestamp'] as number),
    received_at: expect.any(Date),
    ip_address: '127.0.0.1',
    user_agent: userAgent,
    created_at: expect.any(Date),
    updated_at: expect.any(Date),
  };
}
