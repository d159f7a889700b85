import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
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
import { type INestApplication, Logger } from '@nestjs/common';
import request from 'supertest';
import { AdminKey, ApiKeys, runKeysCommand } from '#libs/access';
import { Database } from '#libs/database';
import { type BreakablePostgres, createDatabase, startPostgres } from '../support/postgres.mjs';
import { startRooms, stopRooms } from '../support/rooms.js';
import { until } from '../support/until.js';

const get = (app: INestApplication, key?: string): request.Test => {
  const offers = request(app.getHttpServer() as never).get('/offers');
  return key === undefined ? offers : offers.set('authorization', `Bearer ${key}`);
};

const statusOf = async (app: INestApplication, key?: string): Promise<number> =>
  (await get(app, key)).status;

describe('keys in two processes', () => {
  let own: Awaited<ReturnType<typeof createDatabase>>;
  let apps: INestApplication[];
  let keys: ApiKeys;

  beforeAll(async () => {
    own = await createDatabase();
    apps = [await startRooms(own.url), await startRooms(own.url)];
    await Promise.all(apps.map((app) => app.get(Database).ready()));
    keys = apps[0]!.get(ApiKeys);
  });
  afterAll(async () => {
    await Promise.all(apps.map(stopRooms));
    await own.drop();
  });

  const everywhere = (key: string, status: number): Promise<void> =>
    until(
      `${status} everywhere`,
      async () =>
        (await Promise.all(apps.map((app) => statusOf(app, key)))).every((s) => s === status),
      2000,
    );

  it('work everywhere within two seconds, and stop working everywhere as soon', async () => {
    const { id, key } = await keys.create({ name: 'mine', scopes: ['admin'] });
    await everywhere(key, 200);

    const isRevoked = await keys.revoke(id);
    await everywhere(key, 401);

    expect(isRevoked).toBe(true);
  });

  it('can be two for one owner, so that one is changed without a gap', async () => {
    const old = await keys.create({ name: 'mine', scopes: ['admin'] });
    const next = await keys.create({ name: 'mine', scopes: ['admin'] });
    await everywhere(old.key, 200);
    await everywhere(next.key, 200);

    await keys.revoke(old.id);
    await everywhere(old.key, 401);

    expect(await statusOf(apps[1]!, next.key)).toBe(200);
  });

  it('are taken in their own header and as the password of Basic too', async () => {
    const { key } = await keys.create({ name: 'mine', scopes: ['admin'] });
    await everywhere(key, 200);
    const server = apps[0]!.getHttpServer() as never;

    const answers = [
      await request(server).get('/offers').set('x-api-key', key),
      await request(server).get('/offers').auth('anybody', key),
      await request(server).get('/offers').auth(key, 'anything'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 401]);
  });

  it('open what their scope names and nothing else', async () => {
    const { key } = await keys.create({ name: 'reader', scopes: ['events:read'] });
    await everywhere(key, 403);

    const { body } = await get(apps[0]!, key);

    expect(body).toMatchObject({ code: 'FORBIDDEN', detail: 'This key lacks the scope admin.' });
  });

  it('are asked for where there is none', async () => {
    const { status, type, headers } = await get(apps[0]!);

    expect({ status, type }).toEqual({ status: 401, type: 'application/problem+json' });
    expect(headers['www-authenticate']).toBe('Bearer realm="footfall"');
  });

  it('are stored as hashes only', async () => {
    const { key } = await keys.create({ name: 'mine', scopes: ['admin'] });

    const rows = await apps[0]!
      .get(Database)
      .query<{ row: string }>('SELECT row_to_json(api_keys)::text AS row FROM api_keys');

    const secret = key.slice(-32);
    expect(rows.some(({ row }) => row.includes(secret))).toBe(false);
  });

  it('are made, listed and revoked by the command, and shown once', async () => {
    const database = apps[0]!.get(Database);
    const run = async (words: string): Promise<string> => {
      const out = new PassThrough({ encoding: 'utf8' });
      expect(await runKeysCommand(database, words.split(' '), out)).toBe(0);
      return String(out.read());
    };

    const [, id, key] = /Key (\S+) .*\n(ff_\S+)\n$/.exec(await run('create --admin --name ops'))!;
    await everywhere(key!, 200);
    const listed = await run('list');
    await run(`revoke ${id}`);
    await everywhere(key!, 401);

    expect(listed).toMatch(new RegExp(`${id}\tops\tadmin\tcreated .*\tlive\n`));
    expect(listed).not.toContain(key!.slice(-32));
    expect(await run('list')).toMatch(new RegExp(`${id}\t.*\trevoked `));
  });
});

describe("the administrator's key", () => {
  let own: Awaited<ReturnType<typeof createDatabase>>;
  let apps: INestApplication[];
  let dataDir: string;

  beforeAll(async () => {
    own = await createDatabase();
    apps = [await startRooms(own.url), await startRooms(own.url)];
    await Promise.all(apps.map((app) => app.get(Database).ready()));
  });
  beforeEach(async () => {
    await apps[0]!.get(Database).query('DELETE FROM api_keys');
    dataDir = join(await mkdtemp(join(tmpdir(), 'footfall-access-')), 'data');
  });
  afterEach(() => rm(join(dataDir, '..'), { recursive: true, force: true }));
  afterAll(async () => {
    await Promise.all(apps.map(stopRooms));
    await own.drop();
  });

  const ensure = (dir = dataDir, app = apps[0]!) => app.get(AdminKey).ensure(dir);
  const isAdmin = (key: string | null): Promise<void> =>
    until('it opens doors', async () => (await statusOf(apps[1]!, key!)) === 200, 2000);
  const countKeys = async (): Promise<number> => (await apps[0]!.get(ApiKeys).list()).length;

  it('is made once and kept in a file that only its owner may read', async () => {
    const { key, created } = await ensure();

    await isAdmin(key);
    const path = join(dataDir, 'admin.key');
    expect(created).toBe(true);
    expect(await readFile(path, 'utf8')).toBe(`${key}\n`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['admin.key']);
  });

  it('is the same at the next start', async () => {
    const first = await ensure();

    const second = await ensure();

    expect(second).toEqual({ key: first.key, created: false });
    expect(await countKeys()).toBe(1);
  });

  it('comes along into a new database', async () => {
    const { key } = await ensure();
    await apps[0]!.get(Database).query('DELETE FROM api_keys');

    const again = await ensure();

    await isAdmin(key);
    expect(again).toEqual({ key, created: true });
  });

  it('is not made again on a second machine', async () => {
    await ensure();

    const elsewhere = await ensure(join(dataDir, '..', 'second'));

    expect(elsewhere).toEqual({ key: null, created: false });
    expect(await countKeys()).toBe(1);
  });

  it('stays revoked', async () => {
    const { key } = await ensure();
    const [stored] = await apps[0]!.get(ApiKeys).list();
    await apps[0]!.get(ApiKeys).revoke(stored!.id);

    await ensure();

    await until('refused', async () => (await statusOf(apps[0]!, key!)) === 401, 2000);
    expect(await countKeys()).toBe(1);
  });

  it('is one, also where processes and machines race for it', async () => {
    const dirs = ['one', 'one', 'two', 'three'].map((name) => join(dataDir, name));

    const found = await Promise.all(dirs.map((dir, i) => ensure(dir, apps[i % 2])));

    expect(found.filter(({ created }) => created)).toHaveLength(1);
    expect(await countKeys()).toBe(1);
  });

  it('says what is wrong with a file that holds none', async () => {
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'admin.key'), 'not a key');

    await expect(ensure()).rejects.toThrow('admin.key holds no key');
  });
});

describe('keys while the database is away', () => {
  let postgres: BreakablePostgres;

  beforeAll(async () => {
    jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    postgres = await startPostgres();
  }, 30_000);
  afterAll(async () => {
    await postgres.dispose();
    jest.restoreAllMocks();
  });

  it('are answered 503 until they were read once, and then go on working without it', async () => {
    const first = await startRooms(postgres.url);
    await first.get(Database).ready();
    const { key } = await first.get(ApiKeys).create({ name: 'mine', scopes: ['dashboards:read'] });
    await until('read', async () => (await statusOf(first, key)) === 403);
    await postgres.stop('immediate');
    const second = await startRooms(postgres.url);

    const withoutKeys = await get(second, key);
    const withKeys = await get(first, key);
    await postgres.start();
    await until('read', async () => (await statusOf(second, key)) === 403);

    expect(withoutKeys.status).toBe(503);
    expect(withoutKeys.headers['retry-after']).toBe('5');
    expect(withKeys.status).toBe(403);
    await Promise.all([stopRooms(first), stopRooms(second)]);
  }, 40_000);
});
