import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ImportReport } from '#libs/contracts';
import { TestFootfall } from '../support/footfall.js';

interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly breaches: readonly { field: string; reason: string }[];
}

interface Page {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly nextCursor: string | null;
}

interface Kind {
  readonly path: string;
  readonly id: string;
  /** What a PUT takes, in full. */
  readonly body: Readonly<Record<string, string>>;
  readonly other: Readonly<Record<string, string>>;
  /** The body with what it may leave out left out, and what is shown of that. */
  readonly least: Readonly<Record<string, string>>;
  readonly unsaid: Readonly<Record<string, null>>;
  /** A body at fault, and the field that is. */
  readonly bad: readonly (readonly [object, string])[];
}

const long = (characters: number): string => 'x'.repeat(characters);

const named = (path: string, id: string): Kind => ({
  ...{ path, id, body: { name: 'Ada' }, other: { name: 'Ben' }, unsaid: {} },
  least: { name: 'Ada' },
  bad: [
    [{}, 'name'],
    [{ name: ' ' }, 'name'],
    [{ name: long(301) }, 'name'],
    [{ name: 'a\0b' }, 'name'],
    [{ name: 'Ada', email: 'a@example.com' }, 'email'],
  ],
});

const KINDS: readonly Kind[] = [
  {
    path: 'assets',
    id: 'assetId',
    body: { title: 'Morning', creatorId: 'creator-1', projectId: 'project-1' },
    other: { title: 'Evening', creatorId: 'creator-2', projectId: 'project-1' },
    least: { title: 'Morning', creatorId: 'creator-1' },
    unsaid: { projectId: null },
    bad: [
      [{ title: 'Morning' }, 'creatorId'],
      [{ creatorId: 'creator-1' }, 'title'],
      [{ title: long(501), creatorId: 'creator-1' }, 'title'],
      [{ title: 'Morning', creatorId: long(201) }, 'creatorId'],
      [{ title: 'Morning', creatorId: 'creator-1', projectId: 7 }, 'projectId'],
      [{ title: 'Morning', creatorId: 'creator-1', price: 1 }, 'price'],
    ],
  },
  named('creators', 'creatorId'),
  {
    ...named('users', 'userId'),
    least: {},
    unsaid: { name: null },
    bad: named('users', 'userId').bad.slice(2),
  },
  named('brands', 'brandId'),
  {
    path: 'licenses',
    id: 'licenseId',
    body: { assetId: 'asset-1' },
    other: { assetId: 'asset-2' },
    least: { assetId: 'asset-1' },
    unsaid: {},
    bad: [
      [{}, 'assetId'],
      [{ assetId: null }, 'assetId'],
      [{ assetId: long(201) }, 'assetId'],
      [{ assetId: 'asset-1', status: 'signed' }, 'status'],
    ],
  },
];

const nothing: ImportReport = {
  ...{ read: 0, created: 0, changed: 0, unchanged: 0, repeated: 0, rejected: 0 },
  ...{ badLines: [], badLinesLeftOut: 0 },
};

let footfall: TestFootfall;

beforeAll(async () => {
  footfall = await (await TestFootfall.start()).ready();
});
beforeEach(async () => {
  for (const { path } of KINDS) await footfall.query(`DELETE FROM catalog_${path}`);
});
afterAll(() => footfall.stop());

describe.each(KINDS.map((kind) => [kind.path, kind] as const))(
  'the catalogue of %s',
  (_path, { path, id, body, other, least, unsaid, bad }) => {
    const one = (name: string): string => `/catalog/${path}/${encodeURIComponent(name)}`;
    const put = (name: string, said: object = body) =>
      footfall.asAdmin('put', one(name)).send(said);
    const get = (name: string) => footfall.asAdmin('get', one(name));
    const list = async (query = '') =>
      (await footfall.asAdmin('get', `/catalog/${path}${query}`)).body as Page;
    const send = (file: string, type = 'text/csv') =>
      footfall.asAdmin('post', `/catalog/${path}/import`).set('content-type', type).send(file);
    const fields = Object.keys(body);
    const csv = (...lines: readonly (readonly string[])[]) =>
      [[id, ...fields], ...lines].map((cells) => `${cells.join(',')}\n`).join('');

    it('shows what was put, and answers 201 for what is new', async () => {
      const answer = await put('one');

      expect(answer.status).toBe(201);
      expect(answer.body).toEqual({
        [id]: 'one',
        ...body,
        source: 'endpoint',
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
        updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      });
      expect((await get('one')).body).toEqual(answer.body);
    });

    it('replaces what was there, and answers 200', async () => {
      const { body: before } = (await put('one')) as { body: { createdAt: string } };

      const answer = await put('one', other);

      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ ...other, createdAt: before.createdAt });
      expect((await get('one')).body).toEqual(answer.body);
    });

    it('has no longer what a later put leaves out', async () => {
      await put('one');

      const answer = await put('one', least);

      expect(answer.body).toMatchObject({ ...least, ...unsaid });
    });

    it('forgets what is deleted', async () => {
      await put('one');

      const deleted = await footfall.asAdmin('delete', one('one'));

      expect([deleted.status, deleted.text]).toEqual([204, '']);
      expect((await get('one')).status).toBe(404);
      expect(await list()).toEqual({ items: [], nextCursor: null });
    });

    it('answers 404 as a problem document for what it does not know', async () => {
      const answers = [await get('unknown'), await footfall.asAdmin('delete', one('unknown'))];

      for (const { status, type, body: problem } of answers) {
        expect([status, type]).toEqual([404, 'application/problem+json']);
        expect((problem as Problem).detail).toMatch(/^There is no such [a-z]+\.$/);
      }
    });

    it('pages through the entries, each once, by id', async () => {
      for (const name of ['b', 'a', 'ä', 'C', 'd']) await put(name);

      const pages: unknown[][] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page = await list(`?limit=2${cursor && `&cursor=${cursor}`}`);
        pages.push(page.items.map((entry) => entry[id]));
        cursor = page.nextCursor;
      }

      expect(pages).toEqual([['C', 'a'], ['b', 'd'], ['ä']]);
    });

    it('lists by prefix, in which no character is special', async () => {
      for (const name of ['a%1', 'ab1', 'a_1']) await put(name);

      const { items } = await list('?prefix=a%25');

      expect(items.map((entry) => entry[id])).toEqual(['a%1']);
    });

    it.each(bad)('refuses %j and names the field', async (said, field) => {
      const { status, body: problem } = await put('one', said);

      expect(status).toBe(400);
      expect(problem).toMatchObject({ code: 'VALIDATION_FAILED', breaches: [{ field }] });
      expect((await get('one')).status).toBe(404);
    });

    it.each([
      ['a NUL in the path', 'put', 'a\0'],
      ['a blank id', 'put', ' '],
      ['an id that is too long', 'get', long(201)],
      ['an id that is too long', 'delete', long(201)],
    ] as const)('refuses %s at a %s', async (_what, method, name) => {
      const { status, body: problem } = await footfall.asAdmin(method, one(name)).send(body);

      expect(status).toBe(400);
      expect(problem).toMatchObject({ breaches: [{ field: id }] });
    });

    it.each([
      ['cursor=%21', 'cursor'],
      ['limit=0', 'limit'],
      ['prefx=a', 'prefx'],
    ])('refuses to list by %s', async (query, field) => {
      const { status, body: problem } = await footfall.asAdmin('get', `/catalog/${path}?${query}`);

      expect(status).toBe(400);
      expect(problem).toMatchObject({ breaches: [{ field }] });
    });

    it('takes a CSV file', async () => {
      const answer = await send(
        csv(['one', ...Object.values(body)], ['two', ...Object.values(other)]),
      );

      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({ ...nothing, read: 2, created: 2 });
      expect((await get('one')).body).toMatchObject({ ...body, source: 'endpoint' });
      expect((await get('two')).body).toMatchObject(other);
    });

    it('takes NDJSON', async () => {
      const lines = [
        { [id]: 'one', ...least },
        { ...other, [id]: 'two' },
      ];
      const file = lines.map((line) => `${JSON.stringify(line)}\n`).join('');

      const answer = await send(file, 'application/x-ndjson');

      expect(answer.body).toEqual({ ...nothing, read: 2, created: 2 });
      expect((await get('one')).body).toMatchObject({ ...least, ...unsaid });
    });

    it('leaves what is so already untouched, and says what is new and changed', async () => {
      await send(csv(['same', ...Object.values(body)], ['other', ...Object.values(body)]));
      const rows = `SELECT *, updated_at::text, xmin::text FROM catalog_${path} WHERE ${columnOf(id)} = 'same'`;
      const before = await footfall.query(rows);

      const { body: report } = await send(
        csv(
          ['same', ...Object.values(body)],
          ['other', ...Object.values(other)],
          ['new', ...Object.values(body)],
        ),
      );

      expect(report).toMatchObject({ read: 3, created: 1, changed: 1, unchanged: 1 });
      expect(await footfall.query(rows)).toEqual(before);
    });

    it('takes every good line, lets the last of an entry hold, and names the bad ones', async () => {
      const { body: report } = await send(
        csv(
          ['one', ...Object.values(body)],
          ['', ...Object.values(body)],
          ['one', ...Object.values(other)],
          ['two', ...Object.values(body), 'and more'],
        ),
      );

      expect(report).toMatchObject({ read: 4, created: 1, repeated: 1, rejected: 2 });
      const { badLines } = report as ImportReport;
      expect(badLines.map(({ line, breaches }) => [line, breaches[0]!.field])).toEqual([
        [3, id],
        [5, 'line'],
      ]);
      expect((await get('one')).body).toMatchObject(other);
    });

    it('refuses a file whose header lacks the id, and says what belongs there', async () => {
      const { status, body: problem } = await send('price\n1\n');

      expect(status).toBe(400);
      const { breaches } = problem as Problem;
      expect(breaches[0]).toEqual({ field: id, reason: expect.stringContaining(`columns ${id}`) });
      expect(breaches.at(-1)).toEqual({ field: 'price', reason: `is no column of ${path}` });
    });

    it.each(['put', 'get', 'delete'] as const)('is for administrators: %s', async (method) => {
      const { key } = await footfall.makeKey(['ingest:analytics', 'dashboards:read']);
      const call = () => request(footfall.url)[method](one('one')).send(body);

      const without = await call();
      const withAnother = await call().set('authorization', `Bearer ${key}`);

      expect([without.status, withAnother.status]).toEqual([401, 403]);
      expect(await list()).toMatchObject({ items: [] });
    });

    it('lists and imports for administrators only', async () => {
      const { key } = await footfall.makeKey(['dashboards:read']);
      const header = { authorization: `Bearer ${key}` };
      const file = csv(['one', ...Object.values(body)]);
      const post = () =>
        footfall.post(`/catalog/${path}/import`, file).set('content-type', 'text/csv');

      const answers = [
        await footfall.get(`/catalog/${path}`),
        await footfall.get(`/catalog/${path}`).set(header),
        await post(),
        await post().set(header),
      ];

      expect(answers.map(({ status }) => status)).toEqual([401, 403, 401, 403]);
      expect(await list()).toMatchObject({ items: [] });
    });
  },
);

const columnOf = (field: string): string =>
  field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

describe('a file of the catalogue', () => {
  const send = (file: string) =>
    footfall.asAdmin('post', '/catalog/assets/import').set('content-type', 'text/csv').send(file);

  it.each([
    ['leaves the column out', 'assetId,title,creatorId\na,t,c\n'],
    ['leaves the cell empty', 'projectId,assetId,title,creatorId\n,a,t,c\n'],
    ['has blanks in the cell', 'projectId,assetId,title,creatorId\n  ,a,t,c\n'],
  ])('gives an asset no project where it %s', async (_, file) => {
    const { body } = await send(file);

    expect(body).toMatchObject({ created: 1, rejected: 0 });
    const { body: asset } = await footfall.asAdmin('get', '/catalog/assets/a');
    expect(asset).toMatchObject({ title: 't', creatorId: 'c', projectId: null });
  });

  it('is logged with its kind and counts, and without what it says', async () => {
    await send('assetId,title,creatorId\na,secret-title,c\nb,,c\n');

    expect(footfall.logged('CATALOG_IMPORTED').at(-1)).toMatchObject({
      ...{ kind: 'assets', read: 2, created: 1, rejected: 1 },
    });
    expect(footfall.lines.join('')).not.toContain('secret-title');
  });

  it('does not deadlock with an import of the same entries in the opposite order', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `asset-${i},title,creator-1\n`);
    const head = 'assetId,title,creatorId\n';

    const answers = await Promise.all([
      send(head + lines.join('')),
      send(head + lines.toReversed().join('').replaceAll('creator-1', 'creator-2')),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const [count] = await footfall.query('SELECT count(*)::int AS assets FROM catalog_assets');
    expect(count).toEqual({ assets: 3000 });
  });
});
