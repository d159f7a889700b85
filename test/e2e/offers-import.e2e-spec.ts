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
import { gzipSync } from 'node:zlib';
import type { OfferImportReport } from '#libs/contracts';
import { Database } from '#libs/database';
import { OfferDirectory } from '#libs/offers';
import { openApiOf } from '../../apps/server/src/open-api.js';
import { TestFootfall } from '../support/footfall.js';
import { RawConnection, rawPost } from '../support/raw-connection.js';
import { until } from '../support/until.js';

const HEADER = 'offerId,productId,producerId';

const nothing: OfferImportReport = {
  read: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  repeated: 0,
  rejected: 0,
  badLines: [],
  badLinesLeftOut: 0,
};

interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly breaches: readonly { field: string; reason: string }[];
  readonly report: OfferImportReport;
}

let footfall: TestFootfall;

beforeAll(async () => {
  footfall = await (await TestFootfall.start()).ready();
});
beforeEach(() => footfall.query('DELETE FROM offers'));
afterEach(() => void jest.restoreAllMocks());
afterAll(() => footfall.stop());

const send = (body: string | Buffer, type = 'text/csv') =>
  footfall
    .asAdmin('post', '/offers/import')
    .set('content-type', type)
    .serialize((text: unknown) => text as string)
    .send(body);

const csv = (...lines: readonly string[]) => [HEADER, ...lines, ''].join('\n');
const ndjson = (...offers: readonly unknown[]) =>
  offers.map((offer) => `${JSON.stringify(offer)}\n`).join('');

const stored = async (): Promise<string[]> => {
  const rows = await footfall.query<{ row: string }>(`
    SELECT concat_ws('|', offer_id, product_id, producer_id) AS row
    FROM offers WHERE deleted_at IS NULL ORDER BY offer_id
  `);
  return rows.map(({ row }) => row);
};

describe('an import of offers', () => {
  it('takes a CSV file, and tells the directory of this process', async () => {
    const { status, body } = await send(csv('offer-1,product-1,producer-1', 'offer-2,p,q'));

    expect(status).toBe(200);
    expect(body).toEqual({ ...nothing, read: 2, created: 2 });
    expect(await stored()).toEqual(['offer-1|product-1|producer-1', 'offer-2|p|q']);
    const directory = footfall.footfall.app.get(OfferDirectory);
    await until('it is known', async () => (await directory.find('offer-2')) !== null, 2000);
  });

  it('takes NDJSON', async () => {
    const offers = [
      { offerId: 'a', productId: 'p', producerId: 'q' },
      { producerId: 'q', productId: 'zwei\n"Zeilen"', offerId: ' b ' },
    ];

    const { status, body } = await send(ndjson(...offers), 'application/x-ndjson');

    expect(status).toBe(200);
    expect(body).toEqual({ ...nothing, read: 2, created: 2 });
    expect(await stored()).toEqual(['a|p|q', 'b|zwei\n"Zeilen"|q']);
  });

  it.each([
    ['columns in another order', 'producerId,offerId,productId\nq,a,p\n'],
    ['a byte-order mark', `\ufeff${csv('a,p,q')}`],
    ['line ends of Windows', `${HEADER}\r\na,p,q\r\n`],
    ['no last line end', `${HEADER}\na,p,q`],
    ['quotes', `"offerId","productId","producerId"\n"a","p","q"\n`],
    ['spaces around cells', `offerId, productId, producerId\n a , p , q \n`],
    ['empty lines', `\n${HEADER}\n\r\n\na,p,q\n\n`],
  ])('takes a CSV file with %s', async (_, file) => {
    const { body } = await send(file);

    expect(body).toEqual({ ...nothing, read: 1, created: 1 });
    expect(await stored()).toEqual(['a|p|q']);
  });

  it('takes cells with commas, quotes and line ends in them, as they are', async () => {
    const { body } = await send(csv('a,"p, ""large""\r\nin two lines",q', 'b,p,q'));

    expect(body).toMatchObject({ read: 2, created: 2 });
    expect(await stored()).toEqual(['a|p, "large"\r\nin two lines|q', 'b|p|q']);
  });

  it('takes a packed file', async () => {
    const { body } = await send(gzipSync(csv('a,p,q'))).set('content-encoding', 'gzip');

    expect(body).toEqual({ ...nothing, read: 1, created: 1 });
  });

  it('takes away the apostrophe that an export puts before a formula, and no other', async () => {
    await send(csv(`'=1+1,'-p,"'@q"`, `'b,''=p,'`));

    expect(await stored()).toEqual([`'b|'=p|'`, '=1+1|-p|@q']);
  });

  it('takes every good line whatever the bad ones do, and names those by their number', async () => {
    const file = csv(
      'a,p,q',
      ',p,q',
      'b,"two\nlines",q',
      'c,p',
      'd,p,q,r',
      'e,5" pipe,q',
      'f, ,q',
      `${'g'.repeat(201)},p,q`,
      `h,${'p'.repeat(70_000)},q`,
      'i,p,q',
    );

    const { status, body } = (await send(file)) as { status: number; body: OfferImportReport };

    expect(status).toBe(200);
    expect(body).toMatchObject({ read: 10, created: 3, rejected: 7, badLinesLeftOut: 0 });
    expect(body.badLines.map(({ line, breaches }) => [line, breaches[0]!.field])).toEqual([
      [3, 'offerId'],
      [6, 'line'],
      [7, 'line'],
      [8, 'line'],
      [9, 'productId'],
      [10, 'offerId'],
      [11, 'line'],
    ]);
    expect(body.badLines[1]!.breaches[0]!.reason).toBe('has 2 cells where the header has 3');
    expect(body.badLines[6]!.breaches[0]!.reason).toBe('is longer than 65536 bytes');
    expect(await stored()).toEqual(['a|p|q', 'b|two\nlines|q', 'i|p|q']);
  });

  it('judges a line of NDJSON like the body of a PUT', async () => {
    const good = { offerId: 'a', productId: 'p', producerId: 'q' };
    const file = [
      JSON.stringify({ ...good, price: 1 }),
      JSON.stringify({ ...good, productId: 7 }),
      '{"offerId":"a","productId":"p","producerId":"q","__proto__":1}',
      '[]',
      'null',
      '{"offerId":',
      '{"a":'.repeat(5000) + '1' + '}'.repeat(5000),
      JSON.stringify({ ...good, producerId: 'a\0b' }),
      JSON.stringify(good),
    ].join('\r\n');

    const { body } = (await send(file, 'application/x-ndjson')) as { body: OfferImportReport };

    expect(body).toMatchObject({ read: 9, created: 1, rejected: 8 });
    expect(body.badLines.map(({ line, breaches }) => [line, breaches[0]!.field])).toEqual([
      [1, 'price'],
      [2, 'productId'],
      [3, '__proto__'],
      [4, 'line'],
      [5, 'line'],
      [6, 'line'],
      [7, 'line'],
      [8, 'producerId'],
    ]);
  });

  it.each([
    ['text/csv', (bad: Buffer) => Buffer.concat([Buffer.from(csv('a,p,q')), bad])],
    [
      'application/x-ndjson',
      (bad: Buffer) =>
        Buffer.concat([
          Buffer.from(ndjson({ offerId: 'a', productId: 'p', producerId: 'q' })),
          bad,
        ]),
    ],
  ])('refuses a line of %s that is not UTF-8, and that alone', async (type, fileWith) => {
    const bad = Buffer.from('{"offerId":"\xff","p":1}\n', 'latin1');

    const { body } = (await send(fileWith(bad), type)) as { body: OfferImportReport };

    expect(body).toMatchObject({ created: 1, rejected: 1 });
    expect(body.badLines[0]!.breaches).toEqual([{ field: 'line', reason: 'is not UTF-8' }]);
  });

  it('loses one line by a quote that is never closed, not the rest of the file', async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `offer-${i},product-${i},producer`);

    const { body } = await send(csv('a,"p,q', ...lines, 'b,"p,q'));

    expect(body).toMatchObject({
      read: 5002,
      created: 5000,
      rejected: 2,
      badLines: [{ line: 2 }, { line: 5003 }],
    });
  });

  it('lists a thousand bad lines, and counts the others', async () => {
    const { body } = (await send(csv(...Array<string>(1500).fill('a,,q')))) as {
      body: OfferImportReport;
    };

    expect(body).toMatchObject({ read: 1500, rejected: 1500, badLinesLeftOut: 500 });
    expect(body.badLines).toHaveLength(1000);
  });

  it('is bounded in what it answers, whatever names a line makes up', async () => {
    const fields = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`${i}${'x'.repeat(900)}`, 1]),
    );

    const { text } = await send(ndjson(fields, fields), 'application/x-ndjson');

    expect(text.length).toBeLessThan(6000);
  });

  it('says what is new, changed and unchanged, and takes deleted offers back', async () => {
    await send(csv('a,p,q', 'b,p,q', 'c,p,q'));
    await footfall.asAdmin('delete', '/offers/c');

    const { body } = await send(csv('a,p,q', 'b,other,q', 'c,p,q', 'd,p,q'));

    expect(body).toMatchObject({ read: 4, unchanged: 1, changed: 1, created: 2 });
  });

  it('does not touch what is so already, so that no directory reads it again', async () => {
    const rows = 'SELECT offer_id, updated_at::text, xmin::text, xmax::text FROM offers ORDER BY 1';
    await send(csv('a,p,q', 'b,p,q'));
    const before = await footfall.query(rows);

    const { body } = await send(csv('b,p,q', 'a,p,q'));

    expect(body).toMatchObject({ unchanged: 2 });
    expect(await footfall.query(rows)).toEqual(before);
  });

  it('lets the last line of an offer hold', async () => {
    const { body } = await send(csv('a,first,q', 'b,p,q', 'a,last,q'));

    expect(body).toMatchObject({ read: 3, created: 2, repeated: 1 });
    expect(await stored()).toEqual(['a|last|q', 'b|p|q']);
  });

  it('does not deadlock with an import of the same offers in the opposite order', async () => {
    const lines = Array.from({ length: 4000 }, (_, i) => `offer-${i},product-1,producer-1`);

    const answers = await Promise.all([
      send(csv(...lines)),
      send(csv(...lines.toReversed().map((line) => line.replace('product-1', 'product-2')))),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await stored()).toHaveLength(4000);
  });

  it.each([
    ['is empty', '', ['header']],
    ['lacks a column', 'offerId,productId\na,p\n', ['producerId']],
    ['has a column that nobody knows', `${HEADER},price\na,p,q,1\n`, ['price']],
    ['has a column twice', `${HEADER},offerId\na,p,q,a\n`, ['offerId']],
    ['has no header', 'a,p,q\nb,p,q\n', ['offerId', 'productId', 'producerId', 'a', 'p', 'q']],
    ['has a header that is not UTF-8', Buffer.from(`${HEADER}\xff\n`, 'latin1'), ['header']],
    ['is an Excel workbook', Buffer.from('PK\x03\x04\x14\0\xff\xfe\n', 'latin1'), ['header']],
  ])('refuses a CSV file that %s, and says so', async (_, file, fields) => {
    const { status, body, type } = await send(file);

    expect([status, type]).toEqual([400, 'application/problem+json']);
    expect((body as Problem).breaches.map(({ field }) => field)).toEqual(fields);
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['text/csv', csv()],
    ['application/x-ndjson', ''],
  ])('reads nothing from a file of type %s without offers', async (type, file) => {
    const { status, body } = await send(file, type);

    expect(status).toBe(200);
    expect(body).toEqual(nothing);
  });

  it.each([
    ['application/json', {}],
    ['text/plain', {}],
    ['text/csv; charset=iso-8859-1', {}],
    ['text/csv', { 'content-encoding': 'br' }],
  ])('does not read a body of type %s with headers %j', async (type, headers) => {
    const { status } = await send(csv('a,p,q'), type).set(headers);

    expect(status).toBe(415);
    expect(await stored()).toEqual([]);
  });

  it('is for administrators', async () => {
    const { key } = await footfall.makeKey(['dashboards:read']);
    const post = () =>
      footfall.post('/offers/import', csv('a,p,q')).set('content-type', 'text/csv');

    const without = await post();
    const withAnother = await post().set('authorization', `Bearer ${key}`);

    expect([without.status, withAnother.status]).toEqual([401, 403]);
    expect(await stored()).toEqual([]);
  });

  it('keeps what came before a packed file breaks', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `offer-${i},p${Math.random()},q`);
    const packed = gzipSync(csv(...lines));

    const { status, body } = (await send(packed.subarray(0, packed.length / 2)).set(
      'content-encoding',
      'gzip',
    )) as { status: number; body: Problem };

    const { created } = body.report;
    expect(status).toBe(400);
    expect(created).toBeGreaterThan(100);
    expect(body.detail).toContain(`Broke off after line ${created + 1}; ${created} offers are in`);
    expect(body.breaches).toEqual([{ field: 'body', reason: 'is not gzip' }]);
    expect(await stored()).toHaveLength(created);
  });

  it('ends when its sender leaves, though the whole file has come', async () => {
    const good = Array.from({ length: 1000 }, (_, i) => `offer-${i},p,q`);
    const bad = Array<string>(90_000).fill(',,');
    const { port } = new URL(footfall.url);
    const line = await RawConnection.open(Number(port));
    const { key } = await footfall.makeKey(['admin']);
    const packed = gzipSync(csv(...good, ...bad, 'last,p,q'));
    const headers = { 'Content-Type': 'text/csv', 'Content-Encoding': 'gzip' };
    line.send(rawPost('/offers/import', packed, { ...headers, Authorization: `Bearer ${key}` }));
    await until('it is at work', async () => (await stored()).length === 1000);
    const before = footfall.logged('OFFERS_IMPORT_BROKEN_OFF').length;

    line.close();

    const ended = () => footfall.logged('OFFERS_IMPORT_BROKEN_OFF')[before];
    await until('it ended', () => ended() !== undefined);
    expect(ended()).toMatchObject({ created: 1000 });
    expect(ended()!['error']).toContain('the sender left before the answer');
    expect(ended()!['read']).toBeLessThan(91_000);
    expect(await stored()).toHaveLength(1000);
  }, 30_000);

  it('goes on for a sender who closes its own direction, and waits for the answer', async () => {
    const bad = Array<string>(30_000).fill(',,');
    const line = await RawConnection.open(Number(new URL(footfall.url).port));
    const { key } = await footfall.makeKey(['admin']);
    const headers = { 'Content-Type': 'text/csv', Authorization: `Bearer ${key}` };
    line.send(rawPost('/offers/import', csv('first,p,q', ...bad, 'last,p,q'), headers));

    line.socket.end();

    let answer = await line.answer();
    while (answer?.status === 102) answer = await line.answer();
    expect(answer?.status).toBe(200);
    expect(await stored()).toEqual(['first|p|q', 'last|p|q']);
  }, 30_000);

  it('gives up on a file of which nothing good is to be expected, and says so', async () => {
    const nothingFor = (lines: number) => '\n'.repeat(lines);
    const file = [HEADER, `a,p,q${nothingFor(99_999)}`, `b,p,q${nothingFor(100_001)}`, 'c,p,q', ''];

    const { status, body } = (await send(gzipSync(file.join('\n'))).set(
      'content-encoding',
      'gzip',
    )) as { status: number; body: Problem };

    expect(status).toBe(400);
    expect(body.breaches).toEqual([
      {
        field: 'line',
        reason: '100000 lines in a row hold nothing good: the rest is not read',
      },
    ]);
    expect(body.report).toMatchObject({ read: 2, created: 2 });
    expect(await stored()).toEqual(['a|p|q', 'b|p|q']);
  });

  it('gives up on bad lines likewise, and names the first of them', async () => {
    const { status, body } = (await send(
      csv('a,p,q', ...Array<string>(100_001).fill(',,'), 'b,p,q'),
    )) as { status: number; body: Problem };

    expect(status).toBe(400);
    expect(body.report).toMatchObject({ read: 100_001, created: 1, rejected: 100_000 });
    expect(body.report.badLines[0]!.line).toBe(3);
    expect(body.detail).toContain('1 offer is in and stays.');
    expect(await stored()).toEqual(['a|p|q']);
  }, 60_000);

  it('says how many lines are in when the database goes away in the middle', async () => {
    const lines = Array.from({ length: 2500 }, (_, i) => `offer-${i},p,q`);
    const database = footfall.footfall.app.get(Database);
    const query = database.query.bind(database);
    let batches = 0;
    jest.spyOn(database, 'query').mockImplementation((statement, parameters) => {
      const isBatch = typeof statement === 'object' && statement.name === 'offers_put_many';
      if (isBatch && ++batches === 2) {
        return Promise.reject(Object.assign(new Error('terminated'), { code: '57P01' }));
      }
      return query(statement, parameters);
    });

    const { status, body, headers } = await send(csv(...lines));

    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('5');
    expect(body).toMatchObject({ code: 'SERVICE_UNAVAILABLE', report: { created: 1000 } });
    expect((body as Problem).detail).toContain('1000 offers are in and stay');
    expect(await stored()).toHaveLength(1000);
  });

  it('is published with both kinds of files, and an example of each that works', async () => {
    const document = openApiOf(footfall.footfall.app);

    const { requestBody, responses } = document.paths['/offers/import']!.post!;
    const { content } = requestBody as { content: Record<string, { example: string }> };
    const answers = await Promise.all(
      Object.entries(content).map(([type, { example }]) => send(example, type)),
    );

    expect(Object.keys(content)).toEqual(['text/csv', 'application/x-ndjson']);
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining(['200', '400', '401', '403', '408', '415', '503']),
    );
    for (const { body } of answers) expect(body).toMatchObject({ read: 2, rejected: 0 });
  });

  it('logs the counts, and no offer', async () => {
    await send(csv('a,p,secret-producer', 'b,,q'));

    expect(footfall.logged('OFFERS_IMPORTED').at(-1)).toMatchObject({
      read: 2,
      created: 1,
      rejected: 1,
    });
    expect(footfall.lines.join('')).not.toContain('secret-producer');
  });
});
