import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { TRACKING_FIELDS, validTrackingEvents } from '../support/arbitrary-tracking-events.js';
import { TestFootfall } from '../support/footfall.js';

/** What front ends may add without asking. */
const unknownFields = fc.dictionary(
  fc.constantFrom('__proto__', 'constructor', 'referrer', 'event_id', 'ipAddress', 'createdAt'),
  fc.jsonValue({ maxDepth: 3 }),
);

const sentEvents = fc.array(fc.record({ event: validTrackingEvents, unknown: unknownFields }), {
  minLength: 2,
  maxLength: 20,
});

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

jest.setTimeout(60_000);

describe('a stored tracking event', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
  });
  afterAll(() => footfall.stop());

  it('is what was sent, but for white space and what the server adds', async () => {
    await fc.assert(
      fc.asyncProperty(sentEvents, async (drawn) => {
        const run = randomUUID();
        const sent = drawn.map(({ event, unknown }, i) => ({
          ...unknown,
          ...event,
          eventId: `${run} ${String(i).padStart(2, '0')}`,
        }));

        await footfall.post('/events/tracking', sent[0]).set('user-agent', run).expect(204);
        await footfall
          .post('/events/tracking/batch', sent.slice(1))
          .set('user-agent', run)
          .expect(200);
        await footfall.written();

        const rows = await footfall.query(
          `SELECT *, to_char(event_timestamp AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
             AS event_timestamp
           FROM tracking_events WHERE user_agent = $1 ORDER BY event_id`,
          [run],
        );
        expect(rows).toEqual(sent.map((event) => rowByHand(event, run)));
      }),
      { numRuns: 25 },
    );
  });
});

/** The row of an event, written a second time, with every column there is. */
function rowByHand(sent: Readonly<Record<string, unknown>>, userAgent: string): object {
  const columns = TRACKING_FIELDS.filter((field) => field !== 'timestamp').map((field) => {
    const value = Object.hasOwn(sent, field) ? sent[field] : null;
    return [snakeCase(field), typeof value === 'string' ? value.trim() : value];
  });
  const { timestamp } = sent;
  return {
    ...(Object.fromEntries(columns) as object),
    event_timestamp:
      typeof timestamp === 'number'
        ? new Date(timestamp).toISOString().replace('Z', '000Z')
        : timestamp,
    received_at: expect.any(Date),
    ip_address: '127.0.0.1',
    user_agent: userAgent,
    created_at: expect.any(Date),
  };
}
