import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AnalyticsEventPage, AnalyticsEventView } from '#libs/contracts';
import { SensitiveProps } from '#libs/database';
import { EncryptionKeys } from '#libs/platform';
import { anAssetView } from '../support/analytics-event.js';
import { FaultyHouse, figure } from '../support/faults.js';
import { TestFootfall } from '../support/footfall.js';
import { createDatabase } from '../support/postgres.mjs';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

const K1 = `k1:${randomBytes(32).toString('base64')}`;
const K2 = `k2:${randomBytes(32).toString('base64')}`;
const ENCRYPTED_PROPS = 'email,customer,userName';

/** The statements that operators are shown. */
const SHOWN_SQL = [
  ...readFileSync('docs/operations.md', 'utf8').matchAll(/^ *```sql\n([\s\S]*?)^ *```$/gm),
].map(([, sql = '']) => sql);
const shownSql = (beginning: string): string => {
  const shown = SHOWN_SQL.find((sql) => sql.trim().startsWith(beginning));
  if (shown === undefined) throw new Error(`The page does not show ${beginning}`);
  return shown;
};

const SENT = {
  email: 'ana@example.com',
  customer: { name: 'Ana Müller', tags: ['VIP', null, 1.5], since: 2019 },
  plan: 'pro',
};

interface Row {
  readonly id: string;
  readonly props: Record<string, unknown>;
}

const rowsOf = (footfall: TestFootfall): Promise<Row[]> =>
  footfall.query<Row>('SELECT id, props_json AS props FROM events ORDER BY id');

/** Sends an event and waits until it is stored. */
async function track(footfall: TestFootfall, event: object): Promise<string> {
  const { body } = await footfall.post('/events/analytics', event).expect(202);
  await footfall.written();
  return (body as { eventId: string }).eventId;
}

async function listed(
  footfall: TestFootfall,
  key: string,
  id: string,
): Promise<AnalyticsEventView> {
  const authorization = `Bearer ${key}`;
  const { body } = await footfall.get('/events/analytics').set({ authorization }).expect(200);
  const found = (body as AnalyticsEventPage).items.find((item) => item.id === id);
  if (!found) throw new Error('the event is not listed');
  return found;
}

describe('props that are stored encrypted', () => {
  let footfall: TestFootfall;
  let reader: string;
  let trusted: string;

  beforeAll(async () => {
    footfall = await TestFootfall.start({ ENCRYPTED_PROPS, ENCRYPTION_KEYS: K1 });
    await footfall.ready();
    reader = (await footfall.makeKey(['events:read'])).key;
    trusted = (await footfall.makeKey(['events:read', 'personal-data:read'])).key;
  });
  afterAll(() => footfall.stop());

  it('are nowhere in the tables of an event in clear, while the others are', async () => {
    const id = await track(footfall, anAssetView({ props: SENT }));

    const [row] = await footfall.query<{ text: string; props: Record<string, unknown> }>(
      `SELECT events::text || attribution::text AS text, props_json AS props
       FROM events JOIN attribution ON event_id = id WHERE id = $1`,
      [id],
    );
    expect(row?.props).toEqual({
      email: expect.stringMatching(/^v1:k1:[\w-]{16}:[\w-]{22}:[\w-]+$/),
      customer: expect.stringMatching(/^v1:k1:/),
      plan: 'pro',
    });
    for (const said of ['ana', 'example', 'Müller', 'M\\u00fcller', 'VIP', '2019']) {
      expect(row?.text).not.toContain(said);
    }
  });

  it('are shown as they were sent to whoever may read personal data', async () => {
    const id = await track(footfall, anAssetView({ props: SENT }));

    expect((await listed(footfall, trusted, id)).propsJson).toEqual(SENT);
  });

  it('are hidden from others, together with what was stored in clear by these names', async () => {
    const encrypted = await track(footfall, anAssetView({ props: SENT }));
    const inClear = await track(footfall, anAssetView({ props: { plan: 'free' } }));
    await footfall.query(`UPDATE events SET props_json = '{"userName": null}' WHERE id = $1`, [
      inClear,
    ]);

    expect((await listed(footfall, reader, encrypted)).propsJson).toEqual({
      email: '[redacted]',
      customer: '[redacted]',
      plan: 'pro',
    });
    expect((await listed(footfall, reader, inClear)).propsJson).toEqual({ userName: '[redacted]' });
    expect((await listed(footfall, trusted, inClear)).propsJson).toEqual({ userName: null });
  });

  it('are "[unreadable]" in another event or changed, which is counted and harms nobody', async () => {
    const ids = [
      await track(footfall, anAssetView({ props: { email: 'a@b.c' } })),
      await track(footfall, anAssetView({ props: { email: 'd@e.f', plan: 'pro' } })),
    ];
    const before = await footfall.figure('props_unreadable_total');
    await footfall.query(
      `UPDATE events SET props_json = props_json ||
         (SELECT props_json FROM events WHERE id = $1) WHERE id = $2`,
      ids,
    );

    expect((await listed(footfall, trusted, ids[1]!)).propsJson).toEqual({
      email: '[unreadable]',
      plan: 'pro',
    });
    expect(await footfall.figure('props_unreadable_total')).toBe(before + 1);
    expect((await listed(footfall, reader, ids[1]!)).propsJson).toMatchObject({
      email: '[redacted]',
    });
    await footfall.query('DELETE FROM events WHERE id = ANY($1)', [ids]);
  });

  it('tell a retry from a conflict, across batches and within one', async () => {
    const counts = async () => ({
      duplicates: await footfall.figure('events_duplicate_total', '{contract="analytics"}'),
      conflicts: await footfall.figure('events_conflict_total', '{contract="analytics"}'),
    });
    const event = anAssetView({ props: SENT, idempotencyKey: randomUUID() });
    const spelt = { ...event, props: Object.fromEntries(Object.entries(SENT).toReversed()) };
    const other = { ...event, props: { ...SENT, email: 'eva@example.com' } };
    const before = await counts();

    await track(footfall, event);
    await track(footfall, spelt);
    await track(footfall, other);
    await footfall.post('/events/analytics/batch', [event, other, spelt]).expect(200);
    await footfall.written();

    const after = await counts();
    expect(after.duplicates - before.duplicates).toBe(3);
    expect(after.conflicts - before.conflicts).toBe(2);
  });

  it('leave no name of theirs in the catalogue', async () => {
    const user = (userId: string, props: object) => ({
      ...anAssetView({ eventType: 'user_signed_up', props: { userId, ...props } }),
    });

    await track(footfall, user('user-1', { userName: 'Ana Müller' }));
    await track(footfall, user('user-2', { name: 'Eva' }));

    const users = await footfall.query('SELECT user_id, name FROM catalog_users ORDER BY user_id');
    expect(users).toEqual([
      { user_id: 'user-1', name: null },
      { user_id: 'user-2', name: 'Eva' },
    ]);
  });

  it('are not shown in the log lines of refused events', async () => {
    await footfall
      .post('/events/analytics', { ...anAssetView({ props: SENT }), source: 'nowhere' })
      .expect(400);

    expect(footfall.logged('ANALYTICS_EVENT_INVALID')).toHaveLength(1);
    expect(JSON.stringify(footfall.logged('ANALYTICS_EVENT_INVALID'))).not.toMatch(/ana@|Müller/);
  });

  it('are not shown of refused events either, but to whoever may read personal data', async () => {
    const refused = { ...anAssetView({ props: SENT }), source: 'nowhere' };
    await footfall.post('/events/analytics', refused).expect(400);
    const refusals = () =>
      footfall.query<{ id: string }>("SELECT id FROM rejected_events WHERE state = 'refused'");
    await until('a copy is kept', async () => (await refusals()).length > 0);
    const [kept] = await refusals();
    const payloadFor = async (key: string) => {
      const authorization = `Bearer ${key}`;
      const { body } = await footfall
        .get(`/rejected-events/${kept?.id}`)
        .set({ authorization })
        .expect(200);
      return (body as { payload: typeof refused }).payload;
    };

    expect((await payloadFor(trusted)).props).toEqual(SENT);
    expect(JSON.stringify(await payloadFor(reader))).not.toMatch(/ana@|Müller|VIP|2019/);
    expect((await payloadFor(reader)).props).toMatchObject({ plan: 'pro' });
  });

  it('cannot be what Footfall itself reads: it does not start, and says why', async () => {
    const start = TestFootfall.start({ ENCRYPTED_PROPS: 'email,assetId', ENCRYPTION_KEYS: K1 });

    await expect(start).rejects.toThrow('ENCRYPTED_PROPS: assetId cannot be encrypted');
  });
});

describe('without names of props to encrypt', () => {
  it('everything is stored and shown as it was sent', async () => {
    const footfall = await (await TestFootfall.start()).ready();
    const { key } = await footfall.makeKey(['events:read', 'personal-data:read']);

    const id = await track(footfall, anAssetView({ props: SENT }));

    expect(await rowsOf(footfall)).toEqual([{ id, props: SENT }]);
    expect((await listed(footfall, key, id)).propsJson).toEqual(SENT);
    expect(await footfall.query('SELECT FROM props_key_uses')).toEqual([]);
    await footfall.stop();
  });
});

describe('a change of keys', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;

  beforeAll(async () => {
    scratch = await createDatabase();
  });
  afterAll(() => scratch.drop());

  const start = async (ring: string): Promise<TestFootfall> =>
    (
      await TestFootfall.start({
        ENCRYPTED_PROPS,
        ENCRYPTION_KEYS: ring,
        DATABASE_URL: scratch.url,
      })
    ).ready();
  const isDone = (footfall: TestFootfall) =>
    until('every prop has the current key', async () => {
      const [row] = await footfall.query<{ left: number }>(
        "SELECT count(*)::int AS left FROM props_key_uses WHERE key_id <> 'k2'",
      );
      return row?.left === 0;
    });
  const keyIdsOf = async (footfall: TestFootfall): Promise<Set<unknown>> =>
    new Set((await rowsOf(footfall)).map(({ props }) => String(props['email']).slice(0, 6)));

  it('encrypts everything anew, by two processes no more than once, until the old key can go', async () => {
    const first = await start(K1);
    const id = await track(first, anAssetView({ props: SENT }));
    for (let i = 0; i < 30; i += 1) {
      const occurredAt = new Date(Date.now() - i * 3_600_000).toISOString();
      await first.post('/events/analytics', anAssetView({ props: SENT, occurredAt })).expect(202);
    }
    await first.written();
    await first.stop();

    const both = await Promise.all([start(`${K2},${K1}`), start(`${K2},${K1}`)]);
    await isDone(both[0]);
    const reencrypted = async () => {
      const counts = await Promise.all(both.map((one) => one.figure('props_reencrypted_total')));
      return counts[0]! + counts[1]!;
    };
    await until('they have counted them', async () => (await reencrypted()) >= 31 * 2);
    const counted = await reencrypted();
    const keyIds = await keyIdsOf(both[0]);
    await Promise.all(both.map((one) => one.stop()));
    const last = await start(K2);
    const { key } = await last.makeKey(['events:read', 'personal-data:read']);
    const shown = await listed(last, key, id);
    const remaining = await last.figure('props_to_reencrypt');
    await last.stop();

    expect(counted).toBe(31 * 2);
    expect(keyIds).toEqual(new Set(['v1:k2:']));
    expect(shown.propsJson).toEqual(SENT);
    expect(remaining).toBe(0);
  });

  it('leaves what it cannot read, counts it, and goes on once the key is back', async () => {
    const first = await start(K1);
    await first.query('DELETE FROM events');
    await first.query('DELETE FROM props_key_uses');
    await track(first, anAssetView({ props: SENT }));
    await first.stop();

    const withoutK1 = await start(K2);
    await until('it was counted', async () => (await withoutK1.figure('props_to_reencrypt')) === 2);
    const meanwhile = await keyIdsOf(withoutK1);
    const told = await withoutK1.query(shownSql('SELECT key_id'));
    await withoutK1.stop();
    const withK1 = await start(`${K2},${K1}`);
    await isDone(withK1);
    const afterwards = await keyIdsOf(withK1);
    await withK1.stop();

    expect(meanwhile).toEqual(new Set(['v1:k1:']));
    expect(told).toMatchObject([{ key_id: 'k1', props: '2' }]);
    expect(afterwards).toEqual(new Set(['v1:k2:']));
  });

  it('encrypts what was stored in clear too, where an operator notes it', async () => {
    const first = await start(K2);
    await first.query('DELETE FROM events');
    await first.query('DELETE FROM props_key_uses');
    const id = await track(first, anAssetView({ props: { plan: 'pro' } }));
    const inClear = '{"email": "ana@example.com", "price": 0.12345678901234567890, "plan": "pro"}';
    await first.query('UPDATE events SET props_json = $1 WHERE id = $2', [inClear, id]);
    await first.stop();

    const second = await start(K2);
    const { key } = await second.makeKey(['events:read', 'personal-data:read']);
    await second.query(shownSql('INSERT INTO props_key_uses'));
    await second.stop();
    const third = await start(K2);
    await isDone(third);
    const [row] = await third.query<{ text: string }>(
      'SELECT props_json::text AS text FROM events',
    );
    const shown = await listed(third, key, id);
    await third.stop();

    expect(row?.text).toMatch(
      /^{"plan": "pro", "email": "v1:k2:[^"]+", "price": 0.12345678901234567890}$/,
    );
    expect(shown.propsJson).toMatchObject({ email: 'ana@example.com', plan: 'pro' });
  });
});

describe('a process that is killed in the middle of a change of keys', () => {
  const EVENTS = 12_000;
  let house: FaultyHouse;

  beforeAll(async () => {
    house = await FaultyHouse.build({ ENCRYPTED_PROPS });
  });
  afterAll(() => house.clearAway());

  /** As the writer would have stored them. */
  async function fill(): Promise<void> {
    const keys = new EncryptionKeys(K1);
    const names = ENCRYPTED_PROPS.split(',');
    const sensitive = new SensitiveProps({ names, keys, unreadable: () => undefined });
    const ids = Array.from({ length: EVENTS }, () => randomUUID());
    await house.postgres.query(
      `INSERT INTO events (id, occurred_at, source, event_type, props_json, received_at)
       SELECT id, now() - n * interval '1 second', 'web', 'asset_viewed', props, now()
       FROM unnest($1::uuid[], $2::jsonb[]) WITH ORDINALITY AS event (id, props, n)`,
      [ids, ids.map((id) => JSON.stringify(sensitive.stored(id, { email: `mail of ${id}` })))],
    );
    await house.postgres.query(
      `INSERT INTO props_key_uses (key_id, day, props)
       SELECT 'k1', (occurred_at AT TIME ZONE 'UTC')::date, count(*) FROM events GROUP BY 2`,
    );
  }

  const countOf = async (keyId: string): Promise<number> => {
    const [row] = await house.postgres.query<{ count: number }>(
      `SELECT count(*)::int FROM events WHERE starts_with(props_json ->> 'email', $1)`,
      [`v1:${keyId}:`],
    );
    return row?.count ?? 0;
  };

  it('is followed by one that goes on where it stood, and loses nothing', async () => {
    const before = await house.start({ settings: { ENCRYPTION_KEYS: K1 } });
    await fill();
    await before.stop();

    const first = await house.start({ settings: { ENCRYPTION_KEYS: `${K2},${K1}` } });
    await until('some are encrypted anew', async () => (await countOf('k2')) > 1000);
    await first.kill9();
    const [done, left] = [await countOf('k2'), await countOf('k1')];
    const second = await house.start({ settings: { ENCRYPTION_KEYS: `${K2},${K1}` } });
    await until('all are', async () => (await countOf('k1')) === 0, 60_000);
    await until('it says so', async () => (await figure(second, 'props_to_reencrypt')) === 0);
    const reencrypted = await figure(second, 'props_reencrypted_total');
    const stored = await house.postgres.query<Row>('SELECT id, props_json AS props FROM events');

    expect(done + left).toBe(EVENTS);
    expect(left).toBeGreaterThan(0);
    expect(reencrypted).toBe(left);
    const names = ENCRYPTED_PROPS.split(',');
    const unreadable = jest.fn<() => void>();
    const onlyK2 = new SensitiveProps({ names, keys: new EncryptionKeys(K2), unreadable });
    const wrong = stored.filter(
      ({ id, props }) => onlyK2.shown(id, 'email', props['email']) !== `mail of ${id}`,
    );
    expect(stored).toHaveLength(EVENTS);
    expect(wrong).toEqual([]);
  });
});
