import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { Database } from '#libs/database';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';

const DAYS = 'from=2026-01-01&to=2026-01-31';

let footfall: TestFootfall;
/** Reads events, and nothing that is personal. */
let reader: string;

beforeAll(async () => {
  // The days of these events stay, however long ago they are.
  footfall = await (await TestFootfall.start({ RETENTION_CHECKOUT: '0' })).ready();
  reader = `Bearer ${(await footfall.makeKey(['events:read'])).key}`;
});
beforeEach(() => footfall.query('TRUNCATE checkout_events'));
afterEach(() => void jest.restoreAllMocks());
afterAll(() => footfall.stop());

interface Stored {
  readonly id: string;
  readonly at?: string;
  readonly name?: string;
  readonly offer?: string;
  readonly producer?: string;
  readonly email?: string | null;
  readonly description?: string | null;
  readonly environment?: string;
}

const store = (...events: readonly Stored[]) =>
  footfall.query(
    `INSERT INTO checkout_events (
       event_id, event_timestamp, event_name, event_description, session_id, offer_id, product_id,
       producer_id, email, execution_environment, full_hostname, root_domain, received_at, ip_address
     )
     SELECT id, coalesce(at, '2026-01-15T12:00:00Z'), coalesce(name, 'checkout_page_view'),
       description, 'session-1', coalesce(offer, 'offer-1'), 'product-1',
       coalesce(producer, 'producer-1'), email, coalesce(environment, 'production'),
       'checkout.example.com', 'example.com', '2026-01-15T12:00:01Z', '203.0.113.7'
     FROM jsonb_to_recordset($1::jsonb) AS sent (
       id text, at timestamptz, name text, description text, offer text, producer text, email text,
       environment text
     )`,
    [JSON.stringify(events)],
  );

/** Many events, as wide as no buffer on the way holds them all. */
const storeMany = (count: number) =>
  footfall.query(
    `INSERT INTO checkout_events (
       event_id, event_timestamp, event_name, event_description, session_id, offer_id, product_id,
       producer_id, execution_environment, full_hostname, root_domain, received_at
     )
     SELECT 'event-' || n, '2026-01-15T12:00:00Z'::timestamptz + n * interval '1 second',
       'checkout_page_view', repeat('d', 1000), 'session-1', 'offer-1', 'product-1', 'producer-1',
       'production', 'checkout.example.com', 'example.com', now()
     FROM generate_series(1, $1::int) AS n`,
    [count],
  );

const exported = (query = '', authorization = reader) =>
  footfall.get(`/exports/checkout?${DAYS}${query}`).set({ authorization }).buffer(true);

const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { columns: true });
const idsOf = async (query: string): Promise<string[]> =>
  rowsOf((await exported(query)).text).map(({ eventId }) => eventId!);

/** The answer as it begins: nothing of its body is read yet. */
async function begun(headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const request = get(`${footfall.url}/exports/checkout?${DAYS}`, {
    headers: { authorization: reader, ...headers },
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

describe('a file of events', () => {
  it('is CSV with a header, to be saved under the name of its days', async () => {
    await store({ id: 'a', description: 'one, "two"\nthree' });

    const { status, text, headers } = await exported();

    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe(
      'attachment; filename="checkout-events-2026-01-01-2026-01-31.csv"',
    );
    expect(text).toBe(
      'eventId,eventName,eventDescription,sessionId,offerId,productId,producerId,checkoutType,' +
        'checkoutMode,step,email,phone,paymentMethod,timestamp,executionEnvironment,fullHostname,' +
        'rootDomain,receivedAt,ipAddress,userAgent\r\n' +
        'a,checkout_page_view,"one, ""two""\nthree",session-1,offer-1,product-1,producer-1,,,,,,,' +
        '1768478400000,production,checkout.example.com,example.com,2026-01-15T12:00:01.000Z,' +
        '[redacted],\r\n',
    );
  });

  it('is NDJSON with what the list of events shows', async () => {
    await store({ id: 'a', email: 'ana@example.com' }, { id: 'b' });
    const { body } = await footfall.get('/events/checkout').set({ authorization: reader });

    const { text, headers } = await exported('&format=ndjson');

    expect(headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { eventId: string });
    expect(lines.toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1))).toEqual(
      (body as { items: { eventId: string }[] }).items.toSorted((a, b) =>
        a.eventId < b.eventId ? -1 : 1,
      ),
    );
  });

  it('goes by the Accept header where it is not asked for a format', async () => {
    await store({ id: 'a' });

    const { headers } = await exported().set('accept', 'application/x-ndjson');

    expect(headers['content-disposition']).toContain('.ndjson"');
  });

  it('has a header where there are no events, and nothing as NDJSON', async () => {
    expect(rowsOf((await exported()).text)).toEqual([]);
    expect((await exported()).text).toMatch(/^eventId,.*userAgent\r\n$/);
    expect((await exported('&format=ndjson')).text).toBe('');
  });

  it('holds both its days to their ends, wherever partitions begin', async () => {
    const today = new Date();
    const day = (offset: number) =>
      new Date(today.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
    await store(
      { id: 'before', at: `${day(-41)}T23:59:59.999999Z` },
      { id: 'first', at: `${day(-40)}T00:00:00Z` },
      { id: 'in default', at: `${day(-20)}T12:00:00Z` },
      { id: 'edge', at: `${day(-7)}T00:00:00Z` },
      { id: 'last', at: `${day(1)}T23:59:59.999999Z` },
      { id: 'after', at: `${day(2)}T00:00:00Z` },
    );

    const { text } = await footfall
      .get(`/exports/checkout?from=${day(-40)}&to=${day(1)}`)
      .set({ authorization: reader });

    expect(rowsOf(text).map(({ eventId }) => eventId)).toEqual([
      'first',
      'in default',
      'edge',
      'last',
    ]);
  });

  it('has every event once, over many pages and with ids that come twice', async () => {
    await storeMany(2300);
    await store(
      ...Array.from({ length: 600 }, (_, n) => ({
        id: 'again',
        at: new Date(Date.UTC(2026, 0, 20) + n).toISOString(),
      })),
    );

    const ids = rowsOf((await exported()).text).map(
      ({ eventId, timestamp }) => `${eventId} ${timestamp}`,
    );

    expect(ids).toHaveLength(2900);
    expect(new Set(ids).size).toBe(2900);
  });

  it.each([
    ['&offerId=offer-2', ['b']],
    ['&producerId=producer-2', ['c']],
    ['&eventName=checkout_submit_clicked', ['d']],
    ['&traffic=production', ['a', 'b', 'c', 'd']],
    ['&sessionId=session-1&offerId=offer-1&traffic=all', ['a', 'c', 'd', 'e']],
    ['&productId=nothing', []],
  ])('holds what %s asks for', async (query, ids) => {
    await store(
      { id: 'a' },
      { id: 'b', offer: 'offer-2' },
      { id: 'c', producer: 'producer-2' },
      { id: 'd', name: 'checkout_submit_clicked' },
      { id: 'e', environment: 'sandbox' },
    );

    expect(await idsOf(query)).toEqual(ids);
  });

  it('shows personal data to whoever may read it', async () => {
    await store({ id: 'a', email: 'ana@example.com' });
    const { key } = await footfall.makeKey(['events:read', 'personal-data:read']);

    const [hidden] = rowsOf((await exported()).text);
    const [shown] = rowsOf((await exported('', `Bearer ${key}`)).text);

    expect([hidden?.['email'], hidden?.['ipAddress'], hidden?.['phone']]).toEqual([
      '[redacted]',
      '[redacted]',
      '',
    ]);
    expect([shown?.['email'], shown?.['ipAddress']]).toEqual(['ana@example.com', '203.0.113.7']);
  });

  it('has no cell that a spreadsheet would run', async () => {
    const texts = ['=1+1', '+1', '-1', '@a', '\t=1', '\r=1', '  =1', '\n-1', '＝1', "'=1", 'a=1'];
    await store(...texts.map((description, i) => ({ id: `event-${i + 10}`, description })));

    const cells = rowsOf((await exported()).text).map((row) => row['eventDescription']!);

    expect(cells).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@a",
      "'\t=1",
      "'\r=1",
      "'  =1",
      "'\n-1",
      "'＝1",
      "'=1",
      'a=1',
    ]);
  });

  it('is packed for whoever unpacks it', async () => {
    await storeMany(1000);

    const packed = await begun({ 'accept-encoding': 'gzip' });
    packed.resume();
    const answer = await fetch(`${footfall.url}/exports/checkout?${DAYS}`, {
      headers: { authorization: reader },
    });

    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(rowsOf(await answer.text())).toHaveLength(1000);
    expect((await begun()).resume().headers['content-encoding']).toBeUndefined();
  });

  it('leaves a trace of who took how much away', async () => {
    await store({ id: 'a' }, { id: 'b' });

    await exported();

    expect(footfall.logged('EVENTS_EXPORTED').at(-1)).toMatchObject({
      contract: 'checkout',
      format: 'csv',
      from: '2026-01-01',
      to: '2026-01-31',
      events: 2,
      isComplete: true,
      withPersonalData: false,
    });
  });
});

describe('a file with personal data', () => {
  const accesses = async () =>
    ((await footfall.asAdmin('get', '/personal-data-accesses')).body as { items: object[] }).items;

  it('is noted as it begins and as it ends, with who took it and how many it held', async () => {
    await store({ id: 'a' }, { id: 'b' }, { id: 'c', offer: 'offer-2' });
    const { id, key } = await footfall.makeKey(['events:read', 'personal-data:read']);

    await exported('&offerId=offer-1', `Bearer ${key}`);

    const of = { callerKind: 'key', callerId: id, source: 'exports' };
    const question = {
      contract: 'checkout',
      format: 'csv',
      from: '2026-01-01',
      to: '2026-01-31',
      offerId: 'offer-1',
      traffic: 'all',
    };
    expect((await accesses()).slice(0, 2)).toEqual([
      { at: expect.any(String), ...of, question: { ...question, state: 'complete' }, items: 2 },
      { at: expect.any(String), ...of, question: { ...question, state: 'begun' }, items: 0 },
    ]);
  });

  it('is not given out where that cannot be noted', async () => {
    await store({ id: 'a' });
    const { key } = await footfall.makeKey(['events:read', 'personal-data:read']);
    await footfall.query('ALTER TABLE personal_data_accesses RENAME TO gone');

    const { status, text } = await exported('', `Bearer ${key}`);

    await footfall.query('ALTER TABLE gone RENAME TO personal_data_accesses');
    expect(status).toBe(500);
    expect(text).not.toContain('203.0.113.7');
  });

  it('is noted for nobody who sees it redacted', async () => {
    const before = await accesses();
    await store({ id: 'a' });

    await exported();

    expect(await accesses()).toEqual(before);
  });
});

describe('a long file of events', () => {
  const pagesOf = (spy: { mock: { calls: unknown[][] } }): number =>
    spy.mock.calls.filter(([sql]) => typeof sql === 'string' && sql.includes('"positionId"'))
      .length;

  it('is read no further once its client has left', async () => {
    await storeMany(30_000);
    const failed = footfall.logged('REQUEST_FAILED').length;
    const query = jest.spyOn(footfall.footfall.app.get(Database), 'query');
    const response = await begun();

    response.destroy();
    await until('the export ended', async () => {
      const { isComplete } = footfall.logged('EVENTS_EXPORTED').at(-1) ?? {};
      return isComplete === false;
    });

    expect(pagesOf(query)).toBeLessThan(40);
    expect(footfall.logged('REQUEST_FAILED')).toHaveLength(failed);
  });

  it('waits for a slow client, and then goes on', async () => {
    await storeMany(30_000);
    const query = jest.spyOn(footfall.footfall.app.get(Database), 'query');
    const response = await begun();
    await until('it waits', async () => {
      const before = pagesOf(query);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return pagesOf(query) === before;
    });
    const waiting = pagesOf(query);

    let lines = 0;
    for await (const chunk of response) lines += String(chunk).split('\n').length - 1;

    expect(waiting).toBeLessThan(50);
    expect(lines).toBe(30_001);
  });

  it.each([{}, { 'accept-encoding': 'gzip' }])(
    'breaks the connection when it fails in the middle, with %j',
    async (headers) => {
      await storeMany(30_000);
      const database = footfall.footfall.app.get(Database);
      const query = database.query.bind(database);
      let pages = 0;
      jest.spyOn(database, 'query').mockImplementation((sql, parameters) => {
        const isPage = typeof sql === 'string' && sql.includes('"positionId"');
        if (isPage && ++pages > 20) return Promise.reject(new Error('gone'));
        return query(sql, parameters);
      });
      const response = await begun(headers as Record<string, string>);

      const reading = (async () => {
        for await (const _ of response);
      })();

      await expect(reading).rejects.toThrow('aborted');
      expect(footfall.logged('REQUEST_FAILED').at(-1)).toMatchObject({
        route: '/exports/checkout',
      });
      expect(footfall.logged('EVENTS_EXPORTED').at(-1)).toMatchObject({ isComplete: false });
    },
  );

  it('is a problem, and no file, where the database is away from the start', async () => {
    const database = footfall.footfall.app.get(Database);
    const query = database.query.bind(database);
    jest
      .spyOn(database, 'query')
      .mockImplementation((sql, parameters) =>
        typeof sql === 'string' && sql.includes('"positionId"')
          ? Promise.reject(Object.assign(new Error('terminated'), { code: '57P01' }))
          : query(sql, parameters),
      );

    const { status, body, headers } = await exported();

    expect([status, (body as { code: string }).code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(headers['content-disposition']).toBeUndefined();
  });

  it('is told of by a HEAD, and not read', async () => {
    await storeMany(10_000);
    const query = jest.spyOn(footfall.footfall.app.get(Database), 'query');

    const { status, headers } = await fetch(`${footfall.url}/exports/checkout?${DAYS}`, {
      method: 'HEAD',
      headers: { authorization: reader },
    });

    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(pagesOf(query)).toBe(1);
  });
});

describe('a question for a file of events', () => {
  it.each([
    ['days in the wrong order', 'checkout?from=2026-02-01&to=2026-01-01', 'from'],
    ['a day that is none', 'checkout?from=2026-02-30', 'from'],
    ['an unknown format', 'checkout?format=xlsx', 'format'],
    ['a misspelt filter', 'checkout?offerid=a', 'offerid'],
    ['a filter of another contract', 'tracking?offerId=a', 'offerId'],
    ['a limit, which a file has not', 'checkout?limit=5', 'limit'],
  ])('is refused for %s', async (_, path, field) => {
    const { status, body, type } = await footfall
      .get(`/exports/${path}`)
      .set({ authorization: reader });

    expect([status, type]).toEqual([400, 'application/problem+json']);
    expect((body as { breaches: { field: string }[] }).breaches[0]?.field).toBe(field);
  });

  it('is refused where neither kind of file is wanted', async () => {
    const { status } = await exported().set('accept', 'application/json');

    expect(status).toBe(406);
  });

  it('is for whoever may read events', async () => {
    const { key } = await footfall.makeKey(['dashboards:read']);

    const statuses = await Promise.all(
      ['checkout', 'tracking', 'analytics', 'commerce'].map(async (contract) => [
        (await footfall.get(`/exports/${contract}`)).status,
        (await footfall.get(`/exports/${contract}`).set('authorization', `Bearer ${key}`)).status,
      ]),
    );

    expect(statuses).toEqual(Array(4).fill([401, 403]));
  });
});
