import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { TestFootfall } from '../support/footfall.js';

/** As PostgreSQL stores it: neither NUL nor lone surrogates. */
const text = (maxLength: number, minLength = 0) =>
  fc
    .string({ unit: 'grapheme', minLength, maxLength })
    .map((drawn) => drawn.replaceAll('\0', ''))
    .filter((drawn) => !/\p{Cs}/u.test(drawn) && drawn.trim().length >= minLength);

const optional = <Value>(value: fc.Arbitrary<Value>) =>
  fc.option(value, { nil: undefined, freq: 3 });

const storable = (value: unknown): boolean => {
  const json = JSON.stringify(value);
  return !json.includes(String.raw`\u0000`) && !/\\ud[89a-f]/.test(json);
};

/** Anything that JSON says the same twice: -0 is 0 there. */
const json = fc
  .jsonValue({ maxDepth: 3 })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  .filter(storable);

const props = fc
  .dictionary(
    fc.oneof(fc.constantFrom('__proto__', 'Email', 'items', 'constructor', 'price'), text(20)),
    json,
    { maxKeys: 6 },
  )
  .filter(storable);

const attribution = fc.record({
  utmSource: optional(text(30)),
  utmCampaign: optional(text(30)),
  referrer: optional(text(60)),
  landingPage: optional(text(60)),
  unknown: optional(text(5)),
});

const events = fc.array(
  fc.record({
    eventType: fc.oneof(fc.constantFrom('asset_viewed', ' page_viewed '), text(30, 1)),
    source: optional(fc.constantFrom('web', 'api', 'mobile', 'system', 'webhook')),
    sessionId: optional(text(40)),
    entity: optional(
      fc.record({ entityType: fc.constantFrom('post', 'category'), entityId: text(40) }),
    ),
    props: optional(props),
    attribution: optional(attribution),
    occurredAgoMs: optional(fc.integer({ min: 0, max: 360 * 86_400_000 })),
    unknown: optional(json),
  }),
  { minLength: 2, maxLength: 20 },
);

type Drawn = typeof events extends fc.Arbitrary<(infer Event)[]> ? Event : never;

describe('a stored analytics event', () => {
  let footfall: TestFootfall;
  let authorization: string;

  beforeAll(async () => {
    footfall = await TestFootfall.start({ ANALYTICS_KEY_RATE_LIMIT: '0' });
    await footfall.ready();
    authorization = `Bearer ${(await footfall.makeKey(['ingest:analytics'])).key}`;
  });
  afterAll(() => footfall.stop());

  it('is what was sent, but for white space around texts, and what the server adds', async () => {
    await fc.assert(
      fc.asyncProperty(events, async (drawn) => {
        const run = randomUUID();
        const sent = drawn.map((event, i) => aWireEvent(event, `${run} ${100 + i}`));

        const [first, ...others] = sent;
        await footfall.post('/events/analytics', first).set({ authorization }).expect(202);
        await footfall.post('/events/analytics/batch', others).set({ authorization }).expect(200);
        await footfall.written();

        const rows = await footfall.query(
          `SELECT e.*, a.utm_source, a.utm_medium, a.utm_campaign, a.referrer, a.landing_page
           FROM events e JOIN attribution a ON a.event_id = e.id AND a.occurred_at = e.occurred_at
           WHERE idempotency_key LIKE $1 ORDER BY idempotency_key`,
          [`key:${run} %`],
        );
        expect(rows).toEqual(sent.map(rowByHand));
      }),
      { numRuns: 25 },
    );
  });
});

function aWireEvent({ entity, occurredAgoMs, ...event }: Drawn, idempotencyKey: string) {
  const occurredAt =
    occurredAgoMs === undefined ? undefined : new Date(Date.now() - occurredAgoMs).toISOString();
  return { ...event, ...entity, occurredAt, idempotencyKey };
}

const ANY_TIME: unknown = expect.any(Date);

const timeOf = (occurredAt: string | undefined): unknown =>
  occurredAt === undefined ? ANY_TIME : new Date(occurredAt);

/** An empty text is nothing said. */
const said = (value: string | undefined): string | null => value?.trim() || null;

/** The row of an event, written a second time, with every column there is. */
function rowByHand(event: ReturnType<typeof aWireEvent>): object {
  return {
    id: expect.any(String),
    occurred_at: timeOf(event.occurredAt),
    source: event.source ?? 'web',
    event_type: event.eventType.trim(),
    actor_type: null,
    actor_id: null,
    entity_type: event.entityType ?? null,
    entity_id: said(event.entityId),
    project_id: null,
    ip_asset_id: null,
    license_id: null,
    user_id: null,
    brand_id: null,
    creator_id: null,
    session_id: said(event.sessionId),
    props_json: event.props ?? null,
    idempotency_key: `key:${event.idempotencyKey}`,
    user_agent: null,
    ip_address: '127.0.0.1',
    received_at: expect.any(Date),
    created_at: expect.any(Date),
    utm_source: said(event.attribution?.utmSource),
    utm_medium: null,
    utm_campaign: said(event.attribution?.utmCampaign),
    referrer: said(event.attribution?.referrer),
    landing_page: said(event.attribution?.landingPage),
  };
}
