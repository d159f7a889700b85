import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeyRing, runKeysCommand } from '#libs/access';
import { Database } from '#libs/database';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';

interface Shown {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly owner: object | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly successorId: string | null;
  readonly lastUsedAt: string | null;
}

const HOUR_MS = 3_600_000;
const NOBODY = '00000000-0000-4000-8000-000000000000';

describe('a key that is followed by another', () => {
  let footfall: TestFootfall;
  let second: TestFootfall;
  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    second = await TestFootfall.start({ DATABASE_URL: footfall.config.DATABASE_URL });
    await second.ready();
  });
  afterAll(async () => {
    await second?.stop();
    await footfall?.stop();
  });

  const make = async (more: object = {}): Promise<Shown> => {
    const request = { name: 'shop', scopes: ['events:read', 'admin'], ...more };
    const { body, status } = await footfall.asAdmin('post', '/keys').send(request);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body as Shown;
  };
  const rotate = (id: string, body: object = {}) =>
    footfall.asAdmin('post', `/keys/${id}/rotate`).send(body);
  const listed = async (id: string): Promise<Shown> => {
    const { body } = await footfall.asAdmin('get', '/keys?limit=1000');
    return (body as { items: Shown[] }).items.find((each) => each.id === id)!;
  };
  const everywhere = (key: string, status: number): Promise<void> =>
    until(
      `${status} in both processes`,
      async () => {
        const answers = await Promise.all(
          [footfall, second].map((each) => each.get('/keys').auth(key, { type: 'bearer' })),
        );
        return answers.every((answer) => answer.status === status);
      },
      2000,
    );

  it('works beside its successor, for a day where nobody says otherwise', async () => {
    const old = await make();
    const { status, body, headers } = await rotate(old.id);
    const next = body as Shown & { readonly replaces: Shown };

    await everywhere(next.key, 200);
    await everywhere(old.key, 200);

    expect(status).toBe(201);
    expect(headers['cache-control']).toBe('no-store');
    expect(next).toMatchObject({ name: 'shop', scopes: old.scopes, owner: null, expiresAt: null });
    expect(next.replaces).toMatchObject({ id: old.id, successorId: next.id });
    const graceMs = Date.parse(next.replaces.expiresAt!) - Date.now();
    expect(graceMs).toBeGreaterThan(23.9 * HOUR_MS);
    expect(graceMs).toBeLessThanOrEqual(24 * HOUR_MS);
    expect(await listed(old.id)).toMatchObject({ successorId: next.id });
  });

  it('ends at once where there is no grace, everywhere within two seconds', async () => {
    const old = await make();
    await everywhere(old.key, 200);
    const { body } = await rotate(old.id, { graceHours: 0 });

    await everywhere(old.key, 401);
    await everywhere((body as Shown).key, 200);

    expect(await listed(old.id)).toMatchObject({ successorId: (body as Shown).id });
  });

  it('never lives longer by being followed', async () => {
    const expiresAt = new Date(Date.now() + HOUR_MS).toISOString();
    const old = await make({ expiresAt });

    const { body } = await rotate(old.id, { graceHours: 720 });

    const { replaces, ...next } = body as Shown & { readonly replaces: Shown };
    expect(replaces.expiresAt).toBe(expiresAt);
    // As long a life as the old one was given.
    const lifeMs = Date.parse(old.expiresAt!) - Date.parse(old.createdAt);
    const nextMs = Date.parse(next.expiresAt!) - Date.parse(next.createdAt);
    // Each time is rounded to its millisecond.
    expect(Math.abs(nextMs - lifeMs)).toBeLessThanOrEqual(1);
  });

  it('keeps its owner, and may say when the successor ends', async () => {
    const owner = { kind: 'creator', id: 'creator-1' };
    const old = await make({ scopes: ['dashboards:read'], owner });
    const expiresAt = '2099-01-01T00:00:00.000Z';

    const { body } = await rotate(old.id, { expiresAt: '2099-01-01' });

    expect(body).toMatchObject({ owner, scopes: ['dashboards:read'], expiresAt });
  });

  it('is followed once: not when it has a successor, is over, revoked, or none', async () => {
    const [rotated, revoked] = [await make(), await make()];
    const over = await make();
    await rotate(rotated.id);
    await footfall.asAdmin('delete', `/keys/${revoked.id}`);
    await rotate(over.id, { graceHours: 0 });

    const answers = [
      await rotate(rotated.id),
      await rotate(revoked.id),
      await rotate(over.id),
      await rotate(NOBODY),
    ];

    expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 404]);
    expect(answers[0]!.body).toMatchObject({
      code: 'CONFLICT',
      detail: expect.stringContaining('successor already'),
    });
  });

  it('has one successor, also where two ask at once', async () => {
    const { id } = await make();

    const answers = await Promise.all([rotate(id), rotate(id), rotate(id)]);

    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(2);
  });

  it.each([
    ['graceHours', { graceHours: 721 }],
    ['graceHours', { graceHours: -1 }],
    ['graceHours', { graceHours: 1.5 }],
    ['graceHours', { graceHours: 'day' }],
    ['expiresAt', { expiresAt: 'tomorrow' }],
    ['expiresAt', { expiresAt: '2001-01-01' }],
    ['name', { name: 'another' }],
  ])('is not rotated with a %s of %j', async (field, body) => {
    const { id } = await make();

    const answer = await rotate(id, body);

    expect([answer.status, answer.body]).toEqual([
      400,
      expect.objectContaining({ breaches: [expect.objectContaining({ field })] }),
    ]);
    expect(await listed(id)).toMatchObject({ successorId: null });
  });

  it('takes null for what it is not told', async () => {
    const { id } = await make({ owner: null, expiresAt: null });

    const { status, body } = await rotate(id, { graceHours: null, expiresAt: null });

    expect(status).toBe(201);
    expect((body as { replaces: Shown }).replaces.expiresAt).not.toBeNull();
  });

  it('ends by itself, everywhere, also while the database is not asked', async () => {
    const expiresAt = new Date(Date.now() + 2500).toISOString();
    const { key } = await make({ expiresAt });
    await everywhere(key, 200);
    const ring = second.footfall.app.get(KeyRing);
    await ring.stop(); // as if the database were away: what was read last is what it has

    await until('it is over', () => Date.now() > Date.parse(expiresAt) + 100);
    const { status } = await second.get('/keys').auth(key, { type: 'bearer' });

    expect(status).toBe(401);
    await everywhere(key, 401);
  });

  it('tells when it was used last, to the minute', async () => {
    const { id, key } = await make();
    await until('it opens', async () => {
      return (await footfall.get('/keys').auth(key, { type: 'bearer' })).status === 200;
    });
    const before = await listed(id);

    await footfall.footfall.app.get(KeyRing).stop();

    const { lastUsedAt } = await listed(id);
    expect(before.lastUsedAt).toBeNull();
    expect(lastUsedAt).toMatch(/:00\.000Z$/);
    expect(Math.abs(Date.parse(lastUsedAt!) - Date.now())).toBeLessThan(2 * 60_000);
  });

  it('is made, followed and listed by the command too', async () => {
    const database = footfall.footfall.app.get(Database);
    const run = async (words: string): Promise<string> => {
      const out = new PassThrough({ encoding: 'utf8' });
      expect(await runKeysCommand(database, words.split(' '), out)).toBe(0);
      return String(out.read());
    };
    const made = await run(
      'create --scope dashboards:read --owner producer:p:1 --expires 2099-01-01 --name p',
    );
    const id = /Key (\S+)/.exec(made)![1]!;

    const rotated = await run(`rotate ${id} --grace-hours 2`);

    const [, nextId] = /^Key (\S+) follows .*\nff_\S+\n$/.exec(rotated)!;
    const lines = (await run('list')).split('\n');
    const [old, next] = [id, nextId!].map((each) => lines.find((line) => line.startsWith(each))!);
    expect(old).toMatch(new RegExp(`\tof producer:p:1\t.*\tfollowed by ${nextId}\tlive until `));
    expect(next).toMatch(/\tof producer:p:1\t.*\tnever used\tlive until 2\d{3}-/);
  });
});
