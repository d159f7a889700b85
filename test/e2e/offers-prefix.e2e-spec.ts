import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { OfferPage } from '#libs/contracts';
import { Database, openDatabase } from '#libs/database';
import { migrations } from '../../migrations/index.js';
import { TestFootfall } from '../support/footfall.js';
import { createDatabase } from '../support/postgres.mjs';

interface Node {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Index Name'?: string;
  readonly 'Shared Hit Blocks': number;
  readonly Plans?: readonly Node[];
}

const IDS = [
  'a',
  'a%1',
  'a%2',
  'a_1',
  'ab1',
  'aB1',
  'A%1',
  'é1',
  'e\u03011',
  'z',
  '\ud7ffa',
  '\ue000a',
  '💳1',
  '💳2',
  '\u{10ffff}',
  '\u{10ffff}\u{10ffff}',
  '\u{10ffff}a',
];

/** In the order of code points, as the list answers. */
const byCodePoint = (a: string, b: string): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));

describe.each([
  ['code points', 'LOCALE_PROVIDER libc LOCALE "C"'],
  ['the alphabet', `LOCALE_PROVIDER icu ICU_LOCALE 'en-US'`],
])('the search by prefix in a database ordered by %s', (_, collation) => {
  let own: Awaited<ReturnType<typeof createDatabase>>;
  let name: string;
  let footfall: TestFootfall;

  beforeAll(async () => {
    own = await createDatabase();
    name = `test_${randomBytes(6).toString('hex')}`;
    const { database, close } = await openDatabase(own.url, migrations);
    await database.query(`CREATE DATABASE ${name} TEMPLATE template0 ${collation}`);
    await close();
    const url = new URL(own.url);
    url.pathname = `/${name}`;
    footfall = await (await TestFootfall.start({ DATABASE_URL: url.href })).ready();
    await footfall.query(
      `INSERT INTO offers (offer_id, product_id, producer_id)
       SELECT id, 'p', 'q' FROM unnest($1::text[]) AS id`,
      [IDS],
    );
    await footfall.query(`
      INSERT INTO offers (offer_id, product_id, producer_id)
      SELECT 'offer-' || n, 'p', 'q' FROM generate_series(1, 30000) AS n
    `);
    await footfall.query('ANALYZE offers');
  });
  afterAll(async () => {
    await footfall.stop();
    const { database, close } = await openDatabase(own.url, migrations);
    await database.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await close();
    await own.drop();
  });

  it.each(['a', 'a%', 'a_', 'ab', 'A', 'é', 'e', '💳', '\ud7ff', '\ue000', '\u{10ffff}', 'no'])(
    'finds exactly what begins with %j',
    async (prefix) => {
      const { body } = await footfall.asAdmin('get', '/offers').query({ prefix });

      const found = (body as OfferPage).items.map(({ offerId }) => offerId);
      expect(found).toEqual(IDS.filter((id) => id.startsWith(prefix)).toSorted(byCodePoint));
    },
  );

  it('pages through what begins so, and no further', async () => {
    const first = await footfall.asAdmin('get', '/offers').query({ prefix: 'a%', limit: 1 });
    const { items, nextCursor } = first.body as OfferPage;
    const second = await footfall
      .asAdmin('get', '/offers')
      .query({ prefix: 'a%', limit: 1, cursor: nextCursor });

    expect(items.map(({ offerId }) => offerId)).toEqual(['a%1']);
    expect(second.body).toMatchObject({ items: [{ offerId: 'a%2' }], nextCursor: null });
  });

  it.each(['a%', '💳', '\u{10ffff}', 'offer-2999', 'no'])(
    'reads of the index only what begins with %j',
    async (prefix) => {
      const plan = await planOf(prefix);

      expect(plan['Index Name']).toBe('offers_pkey');
      expect(plan['Rows Removed by Filter'] ?? 0).toBe(0);
      expect(plan['Shared Hit Blocks']).toBeLessThan(20);
    },
  );

  /** The plan of the very statement, with the very parameters, that the list runs. */
  async function planOf(prefix: string): Promise<Node> {
    const asked = jest.spyOn(footfall.footfall.app.get(Database), 'query');
    await footfall.asAdmin('get', '/offers').query({ prefix });
    const [statement, parameters = []] = asked.mock.calls.find(isList)!;
    asked.mockRestore();
    const [row] = await footfall.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${statement as string}`,
      [...parameters],
    );
    return scanOf(row!['QUERY PLAN'][0].Plan);
  }
});

const isList = ([statement]: readonly unknown[]): boolean =>
  typeof statement === 'string' && /FROM offers\b[^]*LIMIT/.test(statement);

/** The node at the bottom, which reads the table. */
const scanOf = (node: Node): Node => (node.Plans?.[0] ? scanOf(node.Plans[0]) : node);
