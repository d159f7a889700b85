import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { TestFootfall } from '../support/footfall.js';

/** What alerts and dashboards read: renaming one breaks them silently. */
const FIGURES = [
  'events_received_total',
  'events_invalid_total',
  'events_suppressed_total',
  'events_appended_total',
  'events_lost_total',
  'unknown_fields_total',
  'clock_skew_seconds',
  'ingest_duration_seconds',
  'offer_lookups_total',
  'offers_loaded',
  'event_log_append_seconds',
  'event_log_records',
  'event_log_bytes',
  'event_log_oldest_age_seconds',
  'event_log_free_bytes',
  'event_log_damaged_total',
  'events_stored_total',
  'events_duplicate_total',
  'events_conflict_total',
  'events_rejected_total',
  'events_unresolved',
  'event_writer_lag_seconds',
  'event_writer_batch_rows',
  'event_writer_write_seconds',
  'event_writer_retries_total',
  'partition_default_rows',
  'partitions_ahead_days',
  'http_server_request_duration_seconds',
  'database_pool_connections',
  'build_info',
];

describe('what an operator sees', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start({ METRICS_PUBLIC: 'false' })).ready();
    await footfall.offer('offer-1');
  });
  afterAll(() => footfall.stop());

  const scrape = async (): Promise<string> => {
    const { text } = await footfall.asAdmin('get', '/metrics').expect(200);
    return text;
  };
  const sum = async (name: string): Promise<number> =>
    (await scrape())
      .split('\n')
      .filter(
        (line) => line.startsWith(`footfall_${name}{`) || line.startsWith(`footfall_${name} `),
      )
      .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);

  it('is every figure under the name that alerts read', async () => {
    const text = await scrape();

    const known = new Set([...text.matchAll(/^# TYPE footfall_(\w+)/gm)].map(([, name]) => name));
    expect(FIGURES.filter((name) => !known.has(name))).toEqual([]);
  });

  it('are figures without an id, an offer or a hostname in a label', async () => {
    const event = aCheckoutEvent({ eventId: randomUUID(), sessionId: randomUUID() });
    await footfall.post('/events/checkout', event).expect(204);

    const text = await scrape();

    for (const value of [event.eventId, event.sessionId, event.fullHostname, 'offer-1']) {
      expect(text).not.toContain(value);
    }
  });

  it('is that nothing gets lost between the figures of the door', async () => {
    await footfall.post('/events/checkout', aCheckoutEvent({ eventId: randomUUID() }));
    await footfall.post('/events/checkout', { nonsense: true });
    await footfall.post('/events/checkout', 'not json');
    await footfall.post('/events/checkout/batch', [aCheckoutEvent({ eventId: randomUUID() }), 1]);

    const [received, invalid, suppressed, appended, lost] = [
      await sum('events_received_total'),
      await sum('events_invalid_total'),
      await sum('events_suppressed_total'),
      await sum('events_appended_total'),
      await sum('events_lost_total'),
    ];
    expect(received).toBeGreaterThanOrEqual(5);
    expect(received).toBe(invalid + suppressed + appended + lost);
    expect(lost).toBe(0);
  });

  it('is that what was appended is stored, a duplicate, a conflict or rejected', async () => {
    const event = aCheckoutEvent({ eventId: randomUUID() });
    await footfall.post('/events/checkout', event).expect(204);
    await footfall.post('/events/checkout', event).expect(204);
    await footfall.written();

    const appended = await sum('events_appended_total');
    const ended =
      (await sum('events_stored_total')) +
      (await sum('events_duplicate_total')) +
      (await sum('events_conflict_total')) +
      (await sum('events_rejected_total'));
    expect(ended).toBe(appended);
  });

  it('is closed without a key where METRICS_PUBLIC is false', async () => {
    const { body } = await footfall.get('/metrics').expect(401);

    expect(body).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
  });

  it('is green health, with nothing that ails', async () => {
    const { body } = await footfall.get('/readyz').expect(200);

    expect(body.status).toBe('ok');
    expect(Object.keys(body.details).toSorted()).toEqual(
      ['database', 'eventLog', 'keys', 'offers', 'process'].toSorted(),
    );
  });

  it.each([
    ['get', '/offers'],
    ['get', '/events/checkout'],
    ['get', '/events/checkout/event-1/receipt'],
    ['put', '/offers/offer-1'],
    ['delete', '/offers/offer-1'],
  ] as const)('is 401 for %s %s without a key', async (method, path) => {
    const response = await fetch(footfall.url + path, { method: method.toUpperCase() });

    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('is a problem under the media type that the document says', async () => {
    const document = (await (await fetch(`${footfall.url}/openapi.json`)).json()) as OpenAPIObject;
    const published = document.paths['/offers']?.get?.responses['401'] as { content: object };

    const served = await fetch(`${footfall.url}/offers`);

    const [type] = served.headers.get('content-type')?.split(';') ?? [];
    expect(Object.keys(published.content)).toEqual([type]);
  });

  it.each(['/nope', '/events/checkout/', '//events/checkout', '/events/%ff'])(
    'is a problem document at %s, which echoes nothing',
    async (path) => {
      const response = await fetch(footfall.url + path, { method: 'POST', body: '{}' });
      const text = await response.text();

      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expect(JSON.parse(text)).toMatchObject({ status: response.status });
      expect(text).not.toContain('nope');
    },
  );

  it('is a page without the name of the framework, and with strict headers', async () => {
    const { headers } = await footfall.get('/livez').expect(200);

    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });
});
