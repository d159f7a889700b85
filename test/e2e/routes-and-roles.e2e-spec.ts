import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCOPES } from '#libs/contracts';
import { SignJWT } from 'jose';
import request from 'supertest';
import { TestFootfall } from '../support/footfall.js';
import { routesOf } from '../support/routes.js';

const JWT_SECRET = 'a secret of the tests, long enough to be one';
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Every kind of caller that there is. The keys of owners may all that an owner's key may. */
const CALLERS = [
  'nobody',
  'a wrong key',
  ...SCOPES.map((scope) => `key ${scope}` as const),
  'key of a creator',
  'key of a producer',
  'key of an organization',
  'user',
  'user creator',
  'user integrator',
  'user admin',
] as const;
type Caller = (typeof CALLERS)[number];
type Callers = readonly Caller[];

const EVERYBODY: Callers = CALLERS;
const ADMINISTRATORS: Callers = ['key admin', 'user admin'];
const EVENT_READERS: Callers = [...ADMINISTRATORS, 'key events:read', 'user integrator'];
const DASHBOARD_READERS: Callers = [...ADMINISTRATORS, 'key dashboards:read'];
const PERSONAL_DATA_READERS: Callers = [...ADMINISTRATORS, 'key personal-data:read'];
/** Owners see what is their own there, and nothing of others. */
const CREATORS: Callers = ['key of a creator', 'user creator'];
const PRODUCERS: Callers = ['key of a producer'];
const ORGANIZATIONS: Callers = ['key of an organization'];
/** Anybody says what visitors do; who shows credentials shows right ones. */
const VISITORS_AND_SERVERS: Callers = CALLERS.filter((caller) => caller !== 'a wrong key');
const MONEY_SENDERS: Callers = ['key admin', 'key ingest:commerce', 'key of an organization'];

const catalogue = (name: string, id: string): Record<string, Callers> => ({
  [`PUT /catalog/${name}/{${id}}`]: ADMINISTRATORS,
  [`GET /catalog/${name}/{${id}}`]: ADMINISTRATORS,
  [`DELETE /catalog/${name}/{${id}}`]: ADMINISTRATORS,
  [`GET /catalog/${name}`]: ADMINISTRATORS,
  [`POST /catalog/${name}/import`]: ADMINISTRATORS,
});

/** Who may, of each route: everybody else is refused, with 401 or with 403. */
const WHO_MAY: Readonly<Record<string, Callers>> = {
  'POST /events/checkout': EVERYBODY,
  'POST /events/checkout/batch': EVERYBODY,
  'POST /api/checkout/events/checkout': EVERYBODY,
  'POST /events/tracking': EVERYBODY,
  'POST /events/tracking/batch': EVERYBODY,
  'POST /events/analytics': VISITORS_AND_SERVERS,
  'POST /events/analytics/batch': VISITORS_AND_SERVERS,
  'POST /events/commerce': MONEY_SENDERS,
  'POST /events/commerce/batch': MONEY_SENDERS,
  'POST /event': MONEY_SENDERS,
  'POST //event': MONEY_SENDERS,
  'POST /events': MONEY_SENDERS,
  'POST /events/batch': MONEY_SENDERS,
  'POST //events': MONEY_SENDERS,
  'POST /v1/analytics/event': MONEY_SENDERS,
  'POST /v1/analytics//event': MONEY_SENDERS,
  'POST /v1/analytics/events': MONEY_SENDERS,
  'POST /v1/analytics//events': MONEY_SENDERS,

  'GET /events/checkout': EVENT_READERS,
  'GET /events/tracking': EVENT_READERS,
  'GET /events/analytics': EVENT_READERS,
  'GET /events/commerce': EVENT_READERS,
  'GET /events/checkout/{eventId}/receipt': EVENT_READERS,
  'GET /events/tracking/{eventId}/receipt': EVENT_READERS,
  'GET /events/analytics/{eventId}/receipt': EVENT_READERS,
  'GET /events/commerce/{eventId}/receipt': EVENT_READERS,
  'GET /rejected-events': EVENT_READERS,
  'GET /rejected-events/counts': EVENT_READERS,
  'GET /rejected-events/{id}': EVENT_READERS,
  'POST /rejected-events/retry': ADMINISTRATORS,

  'GET /exports/checkout': [...EVENT_READERS, ...PRODUCERS],
  'GET /exports/tracking': EVENT_READERS,
  'GET /exports/analytics': [...EVENT_READERS, 'key of a creator'],
  'GET /exports/commerce': [...EVENT_READERS, ...ORGANIZATIONS],

  'GET /metrics/assets/{assetId}': [...DASHBOARD_READERS, ...CREATORS],
  'GET /dashboards/creators/{creatorId}': [...DASHBOARD_READERS, ...CREATORS],
  'GET /dashboards/platform': DASHBOARD_READERS,
  'GET /dashboards/checkout/summary': [...DASHBOARD_READERS, ...PRODUCERS],
  'GET /dashboards/checkout/funnel': [...DASHBOARD_READERS, ...PRODUCERS],
  'GET /dashboards/checkout/timeline': [...DASHBOARD_READERS, ...PRODUCERS],
  'GET /dashboards/checkout/steps': [...DASHBOARD_READERS, ...PRODUCERS],
  'GET /dashboards/checkout/payment-methods': [...DASHBOARD_READERS, ...PRODUCERS],
  'GET /dashboards/checkout/errors': [...DASHBOARD_READERS, ...PRODUCERS],
  'GET /dashboards/checkout/abandoned': [...PERSONAL_DATA_READERS, ...PRODUCERS],
  'GET /dashboards/cockpit/creation-flow': DASHBOARD_READERS,
  'GET /dashboards/cockpit/purchase-flow': DASHBOARD_READERS,
  'GET /dashboards/cockpit/steps': DASHBOARD_READERS,
  'GET /dashboards/tracking/page-views': DASHBOARD_READERS,
  'GET /dashboards/commerce/revenue': [...DASHBOARD_READERS, ...ORGANIZATIONS],
  'GET /dashboards/commerce/events': [...DASHBOARD_READERS, ...ORGANIZATIONS],
  'GET /dashboards/commerce/organizations': DASHBOARD_READERS,
  'GET /dashboards/commerce/orders': [...DASHBOARD_READERS, ...ORGANIZATIONS],
  'GET /dashboards/commerce/referrals': [...DASHBOARD_READERS, ...ORGANIZATIONS],
  'GET /dashboards/commerce/payouts': [...DASHBOARD_READERS, ...ORGANIZATIONS],
  'DELETE /cache/assets/{assetId}': ADMINISTRATORS,
  'DELETE /cache/creators/{creatorId}': ADMINISTRATORS,
  'DELETE /cache/platform': ADMINISTRATORS,

  'GET /offers': ADMINISTRATORS,
  'GET /offers/{offerId}': ADMINISTRATORS,
  'PUT /offers/{offerId}': ADMINISTRATORS,
  'DELETE /offers/{offerId}': ADMINISTRATORS,
  'POST /offers/import': ADMINISTRATORS,
  'GET /offers/export': ADMINISTRATORS,
  ...catalogue('assets', 'assetId'),
  ...catalogue('creators', 'creatorId'),
  ...catalogue('users', 'userId'),
  ...catalogue('brands', 'brandId'),
  ...catalogue('licenses', 'licenseId'),

  'GET /keys': ADMINISTRATORS,
  'POST /keys': ADMINISTRATORS,
  'POST /keys/{id}/rotate': ADMINISTRATORS,
  'DELETE /keys/{id}': ADMINISTRATORS,
  'GET /jobs': ADMINISTRATORS,
  'GET /jobs/{id}': ADMINISTRATORS,
  'GET /jobs/backfill': ADMINISTRATORS,
  'POST /jobs/backfill': ADMINISTRATORS,
  'GET /jobs/backfill/{id}': ADMINISTRATORS,
  'POST /jobs/backfill/{id}/stop': ADMINISTRATORS,
  'POST /jobs/backfill/{id}/resume': ADMINISTRATORS,
  'POST /jobs/aggregate-daily-metrics': ADMINISTRATORS,
  'GET /jobs/retention/preview': ADMINISTRATORS,
  'GET /personal-data-accesses': ADMINISTRATORS,

  'GET /event-types': EVERYBODY,
  'GET /docs': EVERYBODY,
  'GET /docs/': EVERYBODY,
  'GET /docs/index.html': EVERYBODY,
  'GET /docs/swagger-ui-init.js': EVERYBODY,
  'GET /docs/docs/swagger-ui-init.js': EVERYBODY,
  'GET /docs/LICENSE': EVERYBODY,
  'GET /openapi.json': EVERYBODY,
  'GET /livez': EVERYBODY,
  'GET /readyz': EVERYBODY,
  'GET /metrics': EVERYBODY,
};

type Asked = (route: string, caller: Caller) => Promise<request.Response>;

/** Behind a proxy, since a program on the same machine needs no key for money. */
async function start(settings: NodeJS.ProcessEnv = {}): Promise<TestFootfall> {
  const own = { JWT_SECRET, TRUST_PROXY: '1', FAILED_LOGINS_PER_MINUTE: '0', ...settings };
  return (await TestFootfall.start(own)).ready();
}

const aToken = (role?: string): Promise<string> =>
  new SignJWT({ sub: 'somebody', ...(role !== undefined && { role }) })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(Buffer.from(JWT_SECRET));

async function credentialsIn(footfall: TestFootfall): Promise<ReadonlyMap<Caller, string>> {
  const reads = ['events:read', 'dashboards:read', 'personal-data:read'] as const;
  const owned = async (kind: 'creator' | 'producer' | 'organization') => {
    const scopes = kind === 'organization' ? ([...reads, 'ingest:commerce'] as const) : reads;
    return (await footfall.makeKey(scopes, { kind, id: 'somebody' })).key;
  };
  const scoped = SCOPES.map(
    async (scope) => [`key ${scope}`, (await footfall.makeKey([scope])).key] as const,
  );
  return new Map<Caller, string>([
    ['a wrong key', `ff_${'0'.repeat(32)}_${'x'.repeat(32)}`],
    ...(await Promise.all(scoped)),
    ['key of a creator', await owned('creator')],
    ['key of a producer', await owned('producer')],
    ['key of an organization', await owned('organization')],
    ['user', await aToken()],
    ['user creator', await aToken('creator')],
    ['user integrator', await aToken('integrator')],
    ['user admin', await aToken('admin')],
  ]);
}

/** Asks with an empty body and for what does not exist: whoever is let in hears something else. */
function askerOf({ url }: TestFootfall, credentials: ReadonlyMap<Caller, string>): Asked {
  return (route, caller) => {
    const [method = '', path = ''] = route.split(' ');
    const send = request(url)[method.toLowerCase() as 'get'](path.replace(/\{\w+\}/g, NOBODY));
    const credential = credentials.get(caller);
    if (credential !== undefined) void send.set('authorization', `Bearer ${credential}`);
    return method === 'POST' || method === 'PUT' ? send.send({}) : send;
  };
}

/** Who was let in at a route; each refusal is the right one, and nothing fails. */
async function letInAt(route: string, ask: Asked): Promise<Callers> {
  const letIn: Caller[] = [];
  for (const caller of CALLERS) {
    const { status, body } = await ask(route, caller);
    const isKnown = caller !== 'nobody' && caller !== 'a wrong key';
    const says = `${route} answers ${caller} ${status} ${JSON.stringify(body)}`;
    if (status === (isKnown ? 403 : 401)) continue;
    if (status === 401 || status === 403 || status === 429 || status >= 500) throw new Error(says);
    // Nobody was asked who it is, since there is no such way in.
    if (says.includes('There is nothing here')) throw new Error(says);
    letIn.push(caller);
  }
  return letIn;
}

describe('every route, for every kind of caller', () => {
  let footfall: TestFootfall;
  let ask: Asked;
  beforeAll(async () => {
    footfall = await start();
    ask = askerOf(footfall, await credentialsIn(footfall));
  });
  afterAll(() => footfall?.stop());

  it('is in the table, and the table names none that is not there', async () => {
    const routes = await routesOf(footfall);

    expect(Object.keys(WHO_MAY).toSorted()).toEqual(routes.toSorted());
  });

  it.each(Object.entries(WHO_MAY))('%s lets in who may, and nobody else', async (route, who) => {
    const letIn = await letInAt(route, ask);

    expect(letIn).toEqual(CALLERS.filter((caller) => who.includes(caller)));
  });
});

/** Each asks for its own, which is `somebody`'s, and for another's. */
const OWN_AND_OTHERS: readonly (readonly [Caller, string, string])[] = [
  ['user creator', '/dashboards/creators/somebody', '/dashboards/creators/another'],
  ['key of a creator', '/dashboards/creators/somebody', '/dashboards/creators/another'],
  ['user creator', '/metrics/assets/asset-of-somebody', '/metrics/assets/asset-of-another'],
  ...['summary', 'funnel', 'timeline', 'steps', 'payment-methods', 'errors', 'abandoned'].map(
    (name) => of('key of a producer', `/dashboards/checkout/${name}?producerId=`),
  ),
  ...['revenue', 'events', 'orders', 'referrals', 'payouts'].map((name) =>
    of('key of an organization', `/dashboards/commerce/${name}?organizationId=`),
  ),
];

function of(caller: Caller, question: string): readonly [Caller, string, string] {
  return [caller, `${question}somebody`, `${question}another`];
}

describe('what belongs to an owner', () => {
  let footfall: TestFootfall;
  let ask: Asked;
  beforeAll(async () => {
    footfall = await start();
    ask = askerOf(footfall, await credentialsIn(footfall));
    for (const owner of ['somebody', 'another']) {
      const path = `/catalog/assets/asset-of-${owner}`;
      await footfall.asAdmin('put', path).send({ creatorId: owner, title: 'Theirs' }).expect(201);
    }
  });
  afterAll(() => footfall?.stop());

  it.each(OWN_AND_OTHERS)(
    'is there for the %s at %s, and not at %s',
    async (caller, own, other) => {
      const answers = [await ask(`GET ${own}`, caller), await ask(`GET ${other}`, caller)];
      const ofAdministrator = await ask(`GET ${other}`, 'user admin');

      expect(answers.map(({ status }) => status)).toEqual([200, 404]);
      expect(answers[1]!.body).toMatchObject({ code: 'NOT_FOUND' });
      expect(ofAdministrator.status).not.toBe(403);
    },
  );
});

describe('figures that are not public', () => {
  let footfall: TestFootfall;
  afterAll(() => footfall?.stop());

  it('are for administrators', async () => {
    footfall = await start({ METRICS_PUBLIC: 'false' });
    const ask = askerOf(footfall, await credentialsIn(footfall));

    const letIn = await letInAt('GET /metrics', ask);

    expect(letIn).toEqual(ADMINISTRATORS);
  });
});
