import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import type { AnalyticsEventDto, SenderTrust } from '#libs/contracts';
import { EventLog } from '#libs/event-log';
import { anAssetView } from '../support/analytics-event.js';
import { TestFootfall } from '../support/footfall.js';

const JWT_SECRET = 'a secret of the tests, long enough to be one';
const TABLES = ['assets', 'creators', 'users', 'brands', 'licenses'];

let footfall: TestFootfall;
let key: string;
let sequence = 0;

beforeAll(async () => {
  footfall = await (await TestFootfall.start({ JWT_SECRET })).ready();
  key = (await footfall.makeKey(['ingest:analytics'])).key;
});
beforeEach(async () => {
  for (const table of TABLES) await footfall.query(`DELETE FROM catalog_${table}`);
});
afterAll(() => footfall.stop());

const minutesAgo = (minutes: number): string =>
  new Date(Date.now() - minutes * 60_000).toISOString();

const upload = (props: object, occurredAt = minutesAgo(1)): AnalyticsEventDto => ({
  eventType: 'asset_uploaded',
  ...{ entityType: 'asset', entityId: 'asset-1', occurredAt },
  props: { ...props },
});

const send = (event: AnalyticsEventDto, headers: Record<string, string> = {}) =>
  footfall.post('/events/analytics', event).set(headers);

const withKey = (): Record<string, string> => ({ authorization: `Bearer ${key}` });

const withToken = async (sub: string, role?: string): Promise<Record<string, string>> => {
  const token = new SignJWT({ sub, role })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h');
  return { authorization: `Bearer ${await token.sign(Buffer.from(JWT_SECRET))}` };
};

const entry = async (path: string): Promise<unknown> => {
  await footfall.written();
  return (await footfall.asAdmin('get', `/catalog/${path}`)).body as unknown;
};

/** Everything the catalogue holds, without when. */
const catalog = async (): Promise<unknown[]> => {
  await footfall.written();
  const rows = await Promise.all(
    TABLES.map((table) =>
      footfall.query<{ row: object }>(
        `SELECT to_jsonb(t) - 'created_at' - 'updated_at' AS row FROM catalog_${table} t ORDER BY 1`,
      ),
    ),
  );
  return rows.flat().map(({ row }) => row);
};

/** An event in the log as the door would have put it there. */
const append = (
  ...said: readonly { event: AnalyticsEventDto; trust: SenderTrust }[]
): Promise<void> => {
  const receipt = { requestId: 'r', receivedAt: Date.now(), ipAddress: null, userAgent: null };
  const record = { kind: 'event', contract: 'analytics', offer: null, receipt } as const;
  return footfall.footfall.app.get(EventLog).append(
    said.map(({ event, trust }) => {
      const eventId = `00000000-0000-7000-8000-${String(++sequence).padStart(12, '0')}`;
      const added = { eventId, idempotencyKey: null, trust, actorType: null, actorId: null };
      return { ...record, event, added };
    }),
  );
};

describe('the catalogue, filled by events', () => {
  it('learns an asset, its creator and its project from its upload', async () => {
    const props = { title: 'Morning', creatorId: 'creator-1', projectId: 'project-1' };

    await send(upload({ ...props, creatorName: 'Ada' }), withKey()).expect(202);

    expect(await entry('assets/asset-1')).toMatchObject({ ...props, source: 'event' });
    expect(await entry('creators/creator-1')).toMatchObject({ name: 'Ada', source: 'event' });
  });

  it.each([
    ['creators/creator-1', 'creator_profile_created', { creatorId: 'creator-1', name: 'Ada' }],
    ['users/user-1', 'user_signed_up', { userId: 'user-1', name: 'Ada' }],
    ['brands/brand-1', 'brand_profile_created', { brandId: 'brand-1', name: 'Ada' }],
  ])('learns the name of %s from %s', async (path, eventType, props) => {
    await send({ eventType, props }).expect(202);

    expect(await entry(path)).toMatchObject({ name: 'Ada', source: 'event' });
  });

  it('learns whoever an event names, and who sends it', async () => {
    const props = { brandId: 'brand-1', creatorId: 'creator-1' };

    await send({ eventType: 'brand_project_viewed', props }, await withToken('user-7')).expect(202);

    expect(await entry('users/user-7')).toMatchObject({ name: null, source: 'event' });
    expect(await entry('brands/brand-1')).toMatchObject({ name: null });
    expect(await entry('creators/creator-1')).toMatchObject({ name: null });
  });

  it.each(['license_created', 'license_signed'])(
    'learns the asset of a licence from %s',
    async (eventType) => {
      const event = { eventType, entityType: 'license', entityId: 'license-1' } as const;

      await send({ ...event, source: 'api', props: { assetId: 'asset-1' } }, withKey()).expect(202);

      expect(await entry('licenses/license-1')).toMatchObject({ assetId: 'asset-1' });
    },
  );

  it('says whose a licence’s events are in the very batch that announces it', async () => {
    const event = { source: 'api', entityType: 'license', entityId: 'license-7' } as const;

    await footfall
      .post('/events/analytics/batch', [
        { ...event, eventType: 'license_signed' },
        { ...event, eventType: 'license_created', props: { assetId: 'asset-7' } },
      ])
      .set(withKey())
      .expect(200);
    await footfall.written();

    const sql = `SELECT ip_asset_id FROM events WHERE license_id = 'license-7'`;
    expect(await footfall.query(sql)).toEqual([
      { ip_asset_id: 'asset-7' },
      { ip_asset_id: 'asset-7' },
    ]);
  });

  it('leaves an event the asset that it names itself, beside others of its licence', async () => {
    const event = { source: 'api', entityType: 'license', entityId: 'license-6' } as const;
    const visit = { eventType: 'page_viewed', props: { licenseId: 'license-6', assetId: 'own' } };

    await footfall
      .post('/events/analytics/batch', [
        { ...event, eventType: 'license_signed' },
        { ...event, eventType: 'license_created', props: { assetId: 'asset-6' } },
        visit,
      ])
      .set(withKey())
      .expect(200);
    await footfall.written();

    const sql = `
      SELECT event_type, ip_asset_id FROM events WHERE license_id = 'license-6' ORDER BY event_type
    `;
    expect(await footfall.query(sql)).toEqual([
      { event_type: 'license_created', ip_asset_id: 'asset-6' },
      { event_type: 'license_signed', ip_asset_id: 'asset-6' },
      { event_type: 'page_viewed', ip_asset_id: 'own' },
    ]);
  });

  it('lets no visitor say whose a licence’s events are once a server says it', async () => {
    const event = { source: 'api', entityType: 'license', entityId: 'license-8' } as const;
    const visit = {
      eventType: 'page_viewed',
      props: { licenseId: 'license-8', assetId: 'theirs' },
    };
    await send(visit).expect(202);
    await footfall.written();

    await footfall
      .post('/events/analytics/batch', [
        { ...event, eventType: 'license_signed' },
        { ...event, eventType: 'license_created', props: { assetId: 'asset-8' } },
      ])
      .set(withKey())
      .expect(200);
    await footfall.written();

    const sql = `SELECT DISTINCT ip_asset_id FROM events WHERE entity_id = 'license-8'`;
    expect(await footfall.query(sql)).toEqual([{ ip_asset_id: 'asset-8' }]);
  });

  it('lets no visitor and no user say whose a licence is, so that nobody takes its revenue', async () => {
    const claim = { ...anAssetView(), props: { licenseId: 'license-9', assetId: 'of-a-thief' } };
    const event = { source: 'api', entityType: 'license', entityId: 'license-9' } as const;

    await send(claim).expect(202);
    await send(claim, await withToken('thief')).expect(202);
    await footfall.written();
    await append(
      { event: claim, trust: 'anonymous' },
      { event: { ...event, eventType: 'license_created' }, trust: 'key' },
    );
    await footfall.written();

    const sql = `SELECT ip_asset_id FROM events WHERE entity_id = 'license-9'`;
    expect(await footfall.query(sql)).toEqual([{ ip_asset_id: null }]);
    expect(await entry('licenses/license-9')).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('believes an administrator’s token as it does a server of whose a licence is', async () => {
    const event = { eventType: 'license_created', source: 'api', entityType: 'license' } as const;
    const of = (assetId: string, occurredAt: string) => ({
      ...{ ...event, entityId: 'license-10', occurredAt },
      props: { assetId },
    });
    await send(of('asset-1', minutesAgo(5)), await withToken('boss', 'admin')).expect(202);
    await send(of('asset-2', minutesAgo(1)), withKey()).expect(202);

    expect(await entry('licenses/license-10')).toMatchObject({ assetId: 'asset-1' });
  });

  it('puts together what several events say of an asset', async () => {
    await send(upload({ creatorId: 'creator-1' }));
    await send({ eventType: 'asset_viewed', props: { assetId: 'asset-1', assetTitle: 'Morning' } });

    expect(await entry('assets/asset-1')).toMatchObject({
      title: 'Morning',
      creatorId: 'creator-1',
    });
  });

  it('holds what an administrator put, before and after an event', async () => {
    const put = (title: string) =>
      footfall
        .asAdmin('put', '/catalog/assets/asset-1')
        .send({ title, creatorId: 'creator-1' })
        .then(({ status }) => status);
    const said = { title: 'From an event', creatorId: 'creator-9', projectId: 'project-9' };

    await put('Before');
    await send(upload(said, minutesAgo(60)), withKey());
    const before = await entry('assets/asset-1');
    await footfall.query('DELETE FROM catalog_assets');
    await send(upload(said, minutesAgo(60)), withKey());
    await footfall.written();
    await put('After');
    await send(upload(said, minutesAgo(90)), withKey());
    const after = await entry('assets/asset-1');

    const ours = { creatorId: 'creator-1', projectId: null, source: 'endpoint' };
    expect([before, after]).toMatchObject([
      { ...ours, title: 'Before' },
      { ...ours, title: 'After' },
    ]);
  });

  it('believes a server before a user before a visitor, whatever time they say', async () => {
    const say = (creatorId: string, minutes: number) => upload({ creatorId }, minutesAgo(minutes));

    await send(say('by-a-visitor', 500));
    const first = await entry('assets/asset-1');
    await send(say('by-a-user', 50), await withToken('user-1'));
    const second = await entry('assets/asset-1');
    await send(say('by-a-server', 5), withKey());
    await send(say('by-a-visitor-again', 5000));
    const last = await entry('assets/asset-1');

    expect([first, second, last]).toMatchObject([
      { creatorId: 'by-a-visitor' },
      { creatorId: 'by-a-user' },
      { creatorId: 'by-a-server' },
    ]);
  });

  it('comes to the same in whatever order and whatever batches events are written', async () => {
    const signUp = (props: object): AnalyticsEventDto => ({
      ...{ eventType: 'user_signed_up', occurredAt: minutesAgo(7) },
      props: { userId: 'u', ...props },
    });
    const events = [
      { event: upload({ title: 'C', creatorId: 'c' }, minutesAgo(30)), trust: 'key' },
      { event: upload({ title: 'B' }, minutesAgo(40)), trust: 'key' },
      { event: upload({ title: '💳', creatorId: 'x' }, minutesAgo(50)), trust: 'anonymous' },
      { event: upload({ title: '\uffee' }, '2026-01-01T00:00:00.000001Z'), trust: 'user' },
      { event: upload({ title: '💳' }, '2026-01-01T00:00:00.000001Z'), trust: 'user' },
      { event: signUp({ brandId: 'b' }), trust: 'user' },
      { event: signUp({ name: 'N' }), trust: 'key' },
    ] as const;
    const orders = [events, events.toReversed(), [...events.slice(3), ...events.slice(0, 3)]];

    const outcomes: unknown[] = [];
    for (const order of orders) {
      await append(...order);
      outcomes.push(await catalog());
      for (const table of TABLES) await footfall.query(`DELETE FROM catalog_${table}`);
      for (const each of order) {
        await append(each);
        await footfall.written();
      }
      outcomes.push(await catalog());
      for (const table of TABLES) await footfall.query(`DELETE FROM catalog_${table}`);
    }

    expect(outcomes[0]).toEqual(
      expect.arrayContaining([expect.objectContaining({ title: 'B', creator_id: 'c' })]),
    );
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
  });

  it('is not touched by what it knows already', async () => {
    const rows = `
      SELECT asset_id, updated_at::text, xmin::text, xmax::text FROM catalog_assets
      UNION ALL SELECT creator_id, updated_at::text, xmin::text, xmax::text FROM catalog_creators
    `;
    const event = upload({ title: 'Morning', creatorId: 'creator-1' }, minutesAgo(30));
    await send(event, withKey());
    await footfall.written();
    const before = await footfall.query(rows);

    await send({ ...event, occurredAt: minutesAgo(20) }, withKey());
    await send({ ...event, occurredAt: minutesAgo(40) });
    await footfall.written();

    expect(await footfall.query(rows)).toEqual(before);
  });

  it('is not filled again by a retry of an event whose entry was deleted', async () => {
    const event = { ...upload({ title: 'Morning' }), idempotencyKey: `upload-${Date.now()}` };
    await send(event, withKey());
    await entry('assets/asset-1');
    await footfall.asAdmin('delete', '/catalog/assets/asset-1').expect(204);

    await send(event, withKey());
    const afterARetry = await catalog();
    await send({ ...event, idempotencyKey: `${event.idempotencyKey}-2` }, withKey());

    expect(JSON.stringify(afterARetry)).not.toContain('asset-1');
    expect(await entry('assets/asset-1')).toMatchObject({ title: 'Morning' });
  });

  it('skips a title that it cannot hold, counts it, and loses no event', async () => {
    const before = await footfall.figure('catalog_values_skipped_total', '{kind="assets"}');

    await send(upload({ title: 'x'.repeat(501), creatorId: 'creator-1' }), withKey()).expect(202);
    await send(upload({ title: ['Morning'] }), withKey()).expect(202);

    expect(await entry('assets/asset-1')).toMatchObject({ title: null, creatorId: 'creator-1' });
    const after = await footfall.figure('catalog_values_skipped_total', '{kind="assets"}');
    expect(after - before).toBe(2);
    const [stored] = await footfall.query(
      `SELECT count(*)::int AS events FROM events
       WHERE event_type = 'asset_uploaded' AND length(props_json ->> 'title') > 400`,
    );
    expect(stored).toEqual({ events: 1 });
  });
});
