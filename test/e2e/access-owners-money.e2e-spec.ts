import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCollected, anEnvelope } from '../support/commerce-event.js';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';

const ACME = { kind: 'organization', id: 'acme' } as const;
const NOT_OURS = [
  { field: 'organization_id', reason: 'is not the organization that the key is bound to' },
];
const collected = (organization_id?: string) => aCollected({ organization_id });
const enveloped = (organization_id: string, id: string) => anEnvelope({ organization_id, id });

describe('a key that is bound to an organization', () => {
  let footfall: TestFootfall;
  let key: string;
  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    key = (await footfall.makeKey(['ingest:commerce', 'dashboards:read'], ACME)).key;
  });
  afterAll(() => footfall?.stop());

  const send = (path: string, body: object) =>
    footfall.post(path, body).set('authorization', `Bearer ${key}`);

  it.each(['/event', '/events', '/v1/analytics/event', '/v1/analytics/events'])(
    'sends the events of its organization to %s, and nobody else’s',
    async (path) => {
      const answers = [
        await send(path, collected('acme')),
        await send(path, collected('globex')),
        await send(path, collected('ACME')),
        await send(path, collected('')),
        await send(path, collected()),
      ];

      expect(answers.map(({ status }) => status)).toEqual([200, 403, 403, 403, 403]);
      expect(answers[1]!.body).toEqual({ breaches: NOT_OURS });
    },
  );

  it('sends envelopes of its organization only', async () => {
    const answers = [
      await send('/events/commerce', enveloped('acme', 'order-2')),
      await send('/events/commerce', enveloped('globex', 'order-2')),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 403]);
  });

  it('has the events of others rejected one by one in a batch', async () => {
    const batch = [enveloped('acme', 'order-3'), enveloped('globex', 'order-4'), { id: 'broken' }];

    const { status, body } = await send('/events/commerce/batch', batch);

    expect(status).toBe(200);
    const { results } = body as { results: object[] };
    expect(results).toMatchObject([
      { verdict: 'accepted' },
      { verdict: 'rejected', breaches: NOT_OURS },
      { verdict: 'rejected' },
    ]);
  });

  it('leaves nothing of others in the table, and says with the refusals why', async () => {
    await send('/events/commerce', enveloped('globex', 'order-5'));
    await footfall.written();

    const stored = await footfall.query<{ id: string }>(
      'SELECT DISTINCT organization_id AS id FROM commerce_events',
    );
    await until('the refusal is listed', async () => {
      const { text } = await footfall.asAdmin('get', '/rejected-events?reason=forbidden');
      return text.includes(NOT_OURS[0]!.reason);
    });

    expect(stored).toEqual([{ id: 'acme' }]);
  });

  it('cannot do more than an owner may', async () => {
    const bearer = { authorization: `Bearer ${key}` };

    const statuses = [
      (await footfall.get('/keys').set(bearer)).status,
      (await footfall.get('/events/commerce').set(bearer)).status,
    ];

    expect(statuses).toEqual([403, 403]);
  });
});

describe('keys of owners', () => {
  let footfall: TestFootfall;
  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
  });
  afterAll(() => footfall?.stop());

  const make = (owner: object, ...scopes: readonly string[]) =>
    footfall.asAdmin('post', '/keys').send({ name: 'theirs', scopes, owner });

  it.each([
    ['creator', 'admin'],
    ['producer', 'admin'],
    ['organization', 'admin'],
    ['creator', 'ingest:commerce'],
    ['producer', 'ingest:commerce'],
    ['creator', 'ingest:analytics'],
    ['organization', 'ingest:analytics'],
  ])('of a %s are not made for %s', async (kind, scope) => {
    const { status, body } = await make({ kind, id: 'them' }, 'dashboards:read', scope);

    const reason = `${scope} is nothing for a key that is bound to a ${kind}`;
    expect([status, body]).toMatchObject([400, { breaches: [{ field: 'scopes', reason }] }]);
  });

  it.each([
    ['owner.kind', { kind: 'brand', id: 'them' }],
    ['owner.kind', { id: 'them' }],
    ['owner.id', { kind: 'creator' }],
    ['owner.id', { kind: 'creator', id: ' ' }],
    ['owner.id', { kind: 'creator', id: 'a'.repeat(201) }],
    ['owner.id', { kind: 'creator', id: { $ne: '' } }],
    ['owner.role', { kind: 'creator', id: 'them', role: 'admin' }],
    ['owner', 'creator:them'],
  ])('are not made with a wrong %s: %j', async (field, owner) => {
    const { status, body } = await make(owner as object, 'dashboards:read');

    expect(status).toBe(400);
    expect((body as { breaches: { field: string }[] }).breaches[0]).toMatchObject({ field });
  });

  it('are shown with their owner, when they are made and in the list', async () => {
    const owner = { kind: 'creator', id: 'creator-1' };

    const { body } = await make({ ...owner, id: ' creator-1 ' }, 'dashboards:read');

    const { id } = body as { id: string };
    const list = await footfall.asAdmin('get', '/keys?limit=1000');
    expect(body).toMatchObject({ owner });
    const { items } = list.body as { items: { id: string }[] };
    expect(items.find((each) => each.id === id)).toMatchObject({ owner });
  });

  it('send no money and no analytics of servers, not even where somebody wrote them by hand', async () => {
    const { id, key } = await footfall.makeKey(['dashboards:read'], { kind: 'creator', id: 'c' });
    await footfall.query('UPDATE api_keys SET scopes = $2 WHERE id = $1', [
      id,
      ['ingest:commerce', 'ingest:analytics'],
    ]);
    const send = (path: string, body: object) =>
      footfall.post(path, body).set('authorization', `Bearer ${key}`);
    await until('the change is known', async () => {
      const { body } = await send('/events/commerce', {});
      return JSON.stringify(body).includes('does not allow this');
    });

    const answers = [
      await send('/event', collected('c')),
      await send('/events/analytics', { eventType: 'license_created', props: { revenueCents: 1 } }),
      await send('/events/analytics', { eventType: 'asset_viewed' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 401, 202]);
  });

  it('are never an administrator’s, whoever writes to the table', async () => {
    const { id } = await footfall.makeKey(['dashboards:read'], { kind: 'creator', id: 'c' });

    const write = footfall.query(`UPDATE api_keys SET scopes = '{admin}' WHERE id = $1`, [id]);

    await expect(write).rejects.toThrow('api_keys_owner_is_no_admin');
  });
});
