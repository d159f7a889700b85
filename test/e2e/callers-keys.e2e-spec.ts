import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';

interface Shown {
  readonly id: string;
  readonly key: string;
}

describe('keys over HTTP', () => {
  let footfall: TestFootfall;
  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
  });
  afterAll(() => footfall.stop());

  const make = async (name: string, scopes: readonly string[]): Promise<Shown> =>
    (await footfall.asAdmin('post', '/keys').send({ name, scopes })).body as Shown;
  const statusWith = async (key: string): Promise<number> =>
    (await footfall.get('/keys').auth(key, { type: 'bearer' })).status;

  it('are made, shown once, and open what they are for', async () => {
    const { status, body, headers } = await footfall
      .asAdmin('post', '/keys')
      .send({ name: ' shop back end ', scopes: ['ingest:commerce', 'admin'] });

    const { id, key } = body as Shown;
    await until('it opens', async () => (await statusWith(key)) === 200, 2000);
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'shop back end',
      scopes: ['ingest:commerce', 'admin'],
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      owner: null,
      revokedAt: null,
      expiresAt: null,
      successorId: null,
      lastUsedAt: null,
      key: expect.stringMatching(/^ff_/),
    });
    expect(headers['cache-control']).toBe('no-store');
    const { text } = await footfall.asAdmin('get', '/keys');
    expect(text).toContain(id);
    expect(text).not.toContain(key.slice(-32));
  });

  it('are revoked: they open nothing from then on and stay in the list', async () => {
    const { id, key } = await make('to go', ['admin']);
    await until('it opens', async () => (await statusWith(key)) === 200, 2000);

    const first = await footfall.asAdmin('delete', `/keys/${id}`);
    await until('it is refused', async () => (await statusWith(key)) === 401, 2000);
    const again = await footfall.asAdmin('delete', `/keys/${id}`);
    const { body } = await footfall.asAdmin('get', '/keys?limit=1000');

    expect([first.status, again.status]).toEqual([204, 204]);
    expect((body as { items: object[] }).items).toContainEqual(
      expect.objectContaining({ id, revokedAt: expect.stringMatching(/Z$/) }),
    );
  });

  it('are listed page by page, each once, the oldest first', async () => {
    for (const name of ['one', 'two', 'three']) await make(name, ['events:read']);
    const whole = (await footfall.asAdmin('get', '/keys?limit=1000')).body as { items: Shown[] };

    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await footfall.asAdmin('get', `/keys?limit=2${after}`);
      const page = body as { items: Shown[]; nextCursor: string | null };
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }

    expect(ids).toEqual(whole.items.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(3);
  });

  it.each([
    ['no name', { scopes: ['admin'] }, 'name'],
    ['a blank name', { name: ' ', scopes: ['admin'] }, 'name'],
    ['a name that is too long', { name: 'a'.repeat(201), scopes: ['admin'] }, 'name'],
    ['a name with NUL', { name: 'a\0b', scopes: ['admin'] }, 'name'],
    ['no scopes', { name: 'mine' }, 'scopes'],
    ['an empty list of scopes', { name: 'mine', scopes: [] }, 'scopes'],
    ['a scope that is none', { name: 'mine', scopes: ['admin', 'root'] }, 'scopes'],
    ['a scope named like what every object has', { name: 'mine', scopes: ['toString'] }, 'scopes'],
    ['a scope twice', { name: 'mine', scopes: ['admin', 'admin'] }, 'scopes'],
    ['scopes that are no list', { name: 'mine', scopes: 'admin' }, 'scopes'],
    ['a scope within a list', { name: 'mine', scopes: [['admin']] }, 'scopes'],
    ['a key of the sender’s own', { name: 'mine', scopes: ['admin'], key: 'ff_mine' }, 'key'],
  ])('are not made of %s', async (_, body, field) => {
    const before = (await footfall.asAdmin('get', '/keys?limit=1000')).text;

    const answer = await footfall.asAdmin('post', '/keys').send(body);

    expect(answer.status).toBe(400);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ breaches: [{ field }] });
    expect((await footfall.asAdmin('get', '/keys?limit=1000')).text).toBe(before);
  });

  it.each([
    ['get', '/keys?cursor=nonsense', 400],
    ['get', '/keys?cursor=00000000-0000-4000-8000-000000000000', 200],
    ['get', '/keys?curser=x', 400],
    ['delete', '/keys/nonsense', 400],
    ['delete', '/keys/00000000-0000-4000-8000-000000000000', 404],
  ] as const)('answer %s %s with %i', async (method, path, status) => {
    expect((await footfall.asAdmin(method, path)).status).toBe(status);
  });

  it('are for administrators alone', async () => {
    const { key } = await footfall.makeKey(['events:read', 'ingest:commerce']);
    const bearer = { authorization: `Bearer ${key}` };

    const answers = [
      await footfall.get('/keys').set(bearer),
      await footfall.post('/keys', { name: 'more', scopes: ['admin'] }).set(bearer),
      await footfall.get('/keys'),
      await footfall.post('/keys', { name: 'more', scopes: ['admin'] }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 401, 401]);
  });

  it('leave a line in the log of who changed what, without names and without keys', async () => {
    const { id, key } = await make('Ada Lovelace', ['ingest:analytics']);
    await footfall.asAdmin('delete', `/keys/${id}`);

    const by = { kind: 'key', id: expect.stringMatching(/^[0-9a-f-]{36}$/) };
    await until('both are logged', () =>
      footfall.logged('KEY_REVOKED').some((l) => l.keyId === id),
    );
    const made = footfall.logged('KEY_CREATED').find(({ keyId }) => keyId === id);
    const revoked = footfall.logged('KEY_REVOKED').find(({ keyId }) => keyId === id);
    expect(made).toMatchObject({ scopes: ['ingest:analytics'], by });
    expect(revoked).toMatchObject({ by });
    expect(footfall.lines.join('')).not.toContain('Lovelace');
    expect(footfall.lines.join('')).not.toContain(key.slice(-32));
  });
});
