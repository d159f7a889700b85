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
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { parse } from 'csv-parse/sync';
import { Database, type Statement } from '#libs/database';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';

const HEADER = 'offerId,productId,producerId\r\n';

let footfall: TestFootfall;
let authorization: string;

beforeAll(async () => {
  footfall = await (await TestFootfall.start()).ready();
  authorization = `Bearer ${(await footfall.makeKey(['admin'])).key}`;
});
beforeEach(() => footfall.query('DELETE FROM offers'));
afterEach(() => void jest.restoreAllMocks());
afterAll(() => footfall.stop());

const put = (...offers: readonly (readonly [string, string, string])[]) =>
  footfall.query(
    `INSERT INTO offers (offer_id, product_id, producer_id)
     SELECT offer ->> 0, offer ->> 1, offer ->> 2
     FROM jsonb_array_elements($1::jsonb) AS offer`,
    [JSON.stringify(offers)],
  );
/** Many offers, as wide as they may be, so that no buffer on the way holds them all. */
const putMany = (count: number) =>
  footfall.query(
    `INSERT INTO offers (offer_id, product_id, producer_id)
     SELECT lpad(n::text, 200, '0'), repeat('p', 200), repeat('q', 200)
     FROM generate_series(1, $1::int) AS n`,
    [count],
  );
const exported = (query = '') => footfall.asAdmin('get', `/offers/export${query}`).buffer(true);
const imported = (file: string, type: string) =>
  footfall
    .asAdmin('post', '/offers/import')
    .set('content-type', type)
    .serialize((text: unknown) => text as string)
    .send(file);

/** The answer as it begins: nothing of its body is read yet. */
async function begun(): Promise<IncomingMessage> {
  const request = get(`${footfall.url}/offers/export`, { headers: { authorization } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

describe('an export of offers', () => {
  it('is CSV by offer id, to be saved as a file', async () => {
    await put(['b', 'p, large', 'q'], ['a', 'p', 'q']);

    const { status, text, headers } = await exported();

    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="offers.csv"');
    expect(text).toBe(`${HEADER}a,p,q\r\nb,"p, large",q\r\n`);
  });

  it.each([
    ['by the Accept header', '', 'application/x-ndjson'],
    ['by its question, which goes before the header', '?format=ndjson', 'text/csv'],
  ])('is NDJSON %s', async (_, query, accept) => {
    await put(['a', 'p', 'q']);

    const { text, headers } = await exported(query).set('accept', accept);

    expect(headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="offers.ndjson"');
    expect(text).toBe('{"offerId":"a","productId":"p","producerId":"q"}\n');
  });

  it('leaves out what is deleted', async () => {
    await put(['a', 'p', 'q'], ['b', 'p', 'q']);
    await footfall.asAdmin('delete', '/offers/a');

    expect((await exported()).text).toBe(`${HEADER}b,p,q\r\n`);
  });

  it('has the header of a file without offers', async () => {
    expect((await exported()).text).toBe(HEADER);
    expect((await exported('?format=ndjson')).text).toBe('');
  });

  it('takes only offers with a prefix, in which no character is special', async () => {
    await put(['a%1', 'p', 'q'], ['ab1', 'p', 'q'], ['a%', 'p', 'q'], ['A%1', 'p', 'q']);

    expect((await exported('?prefix=a%25')).text).toBe(`${HEADER}a%,p,q\r\na%1,p,q\r\n`);
  });

  it('has every offer once, over many pages', async () => {
    await footfall.query(`
      INSERT INTO offers (offer_id, product_id, producer_id)
      SELECT 'offer-' || n, 'product', 'producer' FROM generate_series(1, 10000) AS n
    `);

    const ids = parse((await exported()).text)
      .slice(1)
      .map(([id]) => id!);

    expect(ids).toHaveLength(10_000);
    expect(ids).toEqual(Array.from({ length: 10_000 }, (_, i) => `offer-${i + 1}`).toSorted());
  });

  it.each(['csv', 'ndjson'])('in %s is imported again as it was', async (format) => {
    await put(
      ['=1+1', '+p', '-q'],
      ["'=1", "''@p", "'"],
      ['@sum', '=cmd|calc', '＝full width'],
      ['"quoted"', 'a "b" c', '""'],
      ['two\nlines', 'with\r\nWindows', 'a\tb'],
      ['comma,', ',', ';'],
      ['💳\u{10ffff}', 'mark\ufeff.', 'é'],
      ["o'clock", "it's", '#1'],
    );
    const before = (await exported(`?format=${format}`)).text;
    await footfall.query('DELETE FROM offers');

    const type = format === 'csv' ? 'text/csv' : 'application/x-ndjson';
    const { body } = await imported(before, type);

    expect(body).toMatchObject({ created: 8, rejected: 0, badLines: [] });
    expect((await exported(`?format=${format}`)).text).toBe(before);
  });

  it('has no cell that a spreadsheet would run', async () => {
    await put(['=1+1', '+p', '-q'], ['@a', '＝b', "'=c"]);

    const cells = parse((await exported()).text).flat();

    expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
  });

  it('reads no further once its client has left', async () => {
    await putMany(40_000);
    const pages = jest.spyOn(footfall.footfall.app.get(Database), 'query');
    const read = () =>
      pages.mock.calls.filter(([statement]) => (statement as Statement).name === 'offers_live')
        .length;
    const response = await begun();

    response.destroy();
    await until('the server noticed', async () => {
      const before = read();
      await footfall.query('SELECT pg_sleep(0.2)');
      return read() === before;
    });

    expect(read()).toBeLessThan(20);
    expect(footfall.logged('REQUEST_FAILED')).toEqual([]);
  });

  it('waits for a slow client, and then goes on', async () => {
    await putMany(20_000);
    const response = await begun();
    const pages = jest.spyOn(footfall.footfall.app.get(Database), 'query');
    await until('it waits', async () => {
      const before = pages.mock.calls.length;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return pages.mock.calls.length === before;
    });

    let lines = 0;
    for await (const chunk of response) lines += String(chunk).split('\n').length - 1;

    expect(lines).toBe(20_001);
  });

  it('breaks the connection when it fails in the middle: nobody takes half for the whole', async () => {
    await putMany(40_000);
    const response = await begun();
    await footfall.query('ALTER TABLE offers RENAME TO gone');

    const reading = (async () => {
      for await (const _ of response);
    })();

    await expect(reading).rejects.toThrow('aborted');
    await footfall.query('ALTER TABLE gone RENAME TO offers');
    expect(footfall.logged('REQUEST_FAILED').at(-1)).toMatchObject({ route: '/offers/export' });
  });

  it('answers 503 when the database is away from the start', async () => {
    const database = footfall.footfall.app.get(Database);
    const query = database.query.bind(database);
    jest
      .spyOn(database, 'query')
      .mockImplementation((statement, parameters) =>
        (statement as Statement).name === 'offers_live'
          ? Promise.reject(Object.assign(new Error('terminated'), { code: '57P01' }))
          : query(statement, parameters),
      );

    const { status, body } = await exported();

    expect(status).toBe(503);
    expect(body).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('answers a HEAD without reading all offers', async () => {
    const { status, headers } = await fetch(`${footfall.url}/offers/export`, {
      method: 'HEAD',
      headers: { authorization },
    });

    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  });

  it.each([
    ['an Accept header that allows neither', '', { accept: 'application/json' }, 406],
    ['an unknown format', '?format=xlsx', {}, 400],
    ['a misspelt question', '?prefx=a', {}, 400],
  ])('refuses %s', async (_, query, headers, status) => {
    const answer = await exported(query).set(headers);

    expect(answer.status).toBe(status);
    expect(answer.type).toBe('application/problem+json');
  });

  it('is for administrators', async () => {
    const { key } = await footfall.makeKey(['dashboards:read']);

    const without = await footfall.get('/offers/export');
    const another = await footfall.get('/offers/export').set('authorization', `Bearer ${key}`);

    expect([without.status, another.status]).toEqual([401, 403]);
  });
});
