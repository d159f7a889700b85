import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { exportSPKI, generateKeyPair, type JWTPayload, UnsecuredJWT } from 'jose';
import { TestFootfall } from '../support/footfall.js';
import { IdentityProviderServer } from '../support/identity-provider.js';
import { until } from '../support/until.js';

const ADMIN = { role: 'admin' };
const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

async function startWith(provider: IdentityProviderServer): Promise<TestFootfall> {
  const settings = {
    OIDC_ISSUER: provider.issuer,
    JWT_AUDIENCE: 'footfall',
    FAILED_LOGINS_PER_MINUTE: '0',
  };
  return (await TestFootfall.start(settings)).ready();
}

const statusOf = async (footfall: TestFootfall, token: string): Promise<number> =>
  (await footfall.get('/offers').auth(token, { type: 'bearer' })).status;

describe('users of an identity provider', () => {
  let provider: IdentityProviderServer;
  let footfall: TestFootfall;

  beforeAll(async () => {
    provider = await IdentityProviderServer.start();
    await provider.addKey('rsa', 'RS256');
    await provider.addKey('curve', 'ES256');
    await provider.addKey('edwards', 'EdDSA');
    await provider.addKey('pss', 'PS256');
    footfall = await startWith(provider);
    await until('its keys are read', () => footfall.logged('IDENTITY_PROVIDER_READ').length > 0);
  });
  afterAll(async () => {
    await footfall?.stop();
    await provider?.goAway();
  });

  it.each(['rsa', 'curve', 'edwards'])('are known by a token of its key "%s"', async (kid) => {
    expect(await statusOf(footfall, await provider.token(kid, ADMIN))).toBe(200);
  });

  it('may do what their role says', async () => {
    const tokens = [{ role: 'admin' }, { role: 'integrator' }, { role: 'creator' }, {}];

    const statuses = await Promise.all(
      tokens.map(async (claims) => {
        const token = await provider.token('rsa', claims);
        return (await footfall.get('/events/checkout').auth(token, { type: 'bearer' })).status;
      }),
    );

    expect(statuses).toEqual([200, 200, 403, 403]);
  });

  const refused: [string, () => Promise<string>][] = [
    ['of an algorithm that is not ours', () => provider.token('pss', ADMIN)],
    ['for another audience', () => provider.token('rsa', { ...ADMIN, aud: 'shop' })],
    ['for no audience', () => provider.token('rsa', { ...ADMIN, aud: undefined })],
    ['of another issuer', () => provider.token('rsa', { ...ADMIN, iss: 'https://id.example' })],
    ['of no issuer', () => provider.token('rsa', { ...ADMIN, iss: undefined })],
    [
      'of the same issuer, spelt otherwise',
      () => provider.token('rsa', { iss: `${provider.issuer}/` }),
    ],
    ['that is over', () => provider.token('rsa', { ...ADMIN, exp: secondsFromNow(-60) })],
    ['without an end', () => provider.token('rsa', { ...ADMIN, exp: undefined })],
    ['of tomorrow', () => provider.token('rsa', { ...ADMIN, nbf: secondsFromNow(3600) })],
    ['without a subject', () => provider.token('rsa', { ...ADMIN, sub: undefined })],
    [
      'that nobody signed',
      async () =>
        new UnsecuredJWT({ ...ADMIN, sub: 'user-1', aud: 'footfall', iss: provider.issuer })
          .setExpirationTime('1h')
          .encode(),
    ],
    [
      'signed with the public key as if it were a secret',
      async () => {
        const secret = new TextEncoder().encode(await exportSPKI(provider.publicKey('rsa')));
        return provider.signed({ alg: 'HS256', kid: 'rsa' }, secret, ADMIN);
      },
    ],
    [
      'signed by somebody else who names its key',
      async () => {
        const { privateKey } = await generateKeyPair('RS256');
        return provider.signed({ alg: 'RS256', kid: 'rsa' }, privateKey, ADMIN);
      },
    ],
    [
      'that names a key of another kind',
      async () => {
        const { privateKey } = await generateKeyPair('RS256');
        return provider.signed({ alg: 'RS256', kid: 'curve' }, privateKey, ADMIN);
      },
    ],
    [
      'that was changed',
      async () => {
        const [header, , signature] = (await provider.token('rsa')).split('.');
        const [, claims] = (await provider.token('rsa', ADMIN)).split('.');
        return [header, claims, signature].join('.');
      },
    ],
  ];

  it.each(refused)('are challenged for a token %s', async (_, token) => {
    expect(await statusOf(footfall, await token())).toBe(401);
  });

  it('are known by a key that is new', async () => {
    await provider.addKey('next', 'RS256');
    const token = await provider.token('next', ADMIN);

    await until('its keys were read anew', async () => (await statusOf(footfall, token)) === 200);

    expect(await statusOf(footfall, await provider.token('rsa', ADMIN))).toBe(200);
  });

  it('are known no more by a key that was withdrawn, once its keys are read anew', async () => {
    await provider.addKey('stolen', 'RS256');
    const before = await provider.token('stolen', ADMIN);
    const after = await provider.token('stolen', { ...ADMIN, sub: 'never seen' });
    await until('its keys were read', async () => (await statusOf(footfall, before)) === 200);
    provider.withdrawKey('stolen');
    await provider.addKey('another', 'RS256');
    const another = await provider.token('another', ADMIN);
    await until('its keys were read', async () => (await statusOf(footfall, another)) === 200);

    expect(await statusOf(footfall, after)).toBe(401);
  });

  it('make us ask it rarely, however many tokens name keys that nobody has', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const before = provider.asked;

    const statuses = await Promise.all(
      Array.from({ length: 50 }, async (_, i) =>
        statusOf(footfall, await provider.signed({ alg: 'RS256', kid: `no-${i}` }, privateKey)),
      ),
    );

    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(provider.asked - before).toBeLessThanOrEqual(2);
  });

  it('leave neither their tokens nor what stands in them in the log', async () => {
    const token = await provider.token('rsa', { sub: 'ada.lovelace', role: 'admin' });

    await statusOf(footfall, token);
    await statusOf(footfall, `${token}x`);

    const log = footfall.lines.join('');
    for (const part of token.split('.')) expect(log).not.toContain(part);
    expect(log).not.toContain('lovelace');
  });
});

describe('an identity provider that cannot be reached', () => {
  let provider: IdentityProviderServer;
  let footfall: TestFootfall;
  afterEach(async () => {
    await footfall?.stop();
    await provider?.goAway();
  });

  const token = (kid: string, claims: JWTPayload = {}) =>
    provider.token(kid, { ...ADMIN, ...claims });
  const up = () => footfall.figure('identity_provider_up');

  it('hinders nobody whose key is known; others are asked to come again, not challenged', async () => {
    provider = await IdentityProviderServer.start();
    await provider.addKey('known', 'ES256');
    footfall = await startWith(provider);
    const seen = await token('known');
    await until('it is known', async () => (await statusOf(footfall, seen)) === 200);
    await provider.goAway();
    await provider.addKey('new', 'ES256');

    const unknown = await token('new');
    await until('nobody can tell', async () => (await statusOf(footfall, unknown)) === 503);
    const statuses = [
      await statusOf(footfall, seen),
      await statusOf(footfall, await token('known', { sub: 'never seen' })),
      await statusOf(footfall, await token('known', { aud: 'shop' })),
      await statusOf(footfall, await provider.signed({ alg: 'HS256' }, new Uint8Array(32))),
    ];
    const { headers } = await footfall.get('/offers').auth(unknown, { type: 'bearer' });
    await until('it is told', async () => (await up()) === 0);

    expect(statuses).toEqual([200, 200, 401, 401]);
    expect(headers['retry-after']).toBe('5');

    await provider.listen();
    await until('it is known again', async () => (await statusOf(footfall, unknown)) === 200);
    expect(await up()).toBe(1);
    expect(footfall.logged('IDENTITY_PROVIDER_AWAY')).toHaveLength(1);
  });

  it('is waited for where it is away at the start, and keys work without it', async () => {
    provider = await IdentityProviderServer.start();
    await provider.addKey('known', 'ES256');
    await provider.goAway();
    footfall = await startWith(provider);

    const early = await statusOf(footfall, await token('known'));
    const byKey = await footfall.asAdmin('get', '/offers');
    const { body } = await footfall.get('/readyz').expect(200);
    await provider.listen();
    const late = await token('known');
    await until('it is known', async () => (await statusOf(footfall, late)) === 200);

    expect([early, byKey.status]).toEqual([503, 200]);
    expect(body).toMatchObject({ details: { identityProvider: { status: 'degraded' } } });
  });

  it.each([
    ['speaks for another issuer', { issuer: 'https://id.example' }],
    ['keeps its keys where anybody can change them', { jwks_uri: 'http://id.example/keys' }],
    ['keeps its keys nowhere', { jwks_uri: undefined }],
  ])('is not believed where it %s', async (_, discovery) => {
    provider = await IdentityProviderServer.start();
    await provider.addKey('known', 'ES256');
    provider.discovery = discovery;
    footfall = await startWith(provider);

    await until('it is logged', () => footfall.logged('IDENTITY_PROVIDER_AWAY').length > 0);

    expect(await statusOf(footfall, await token('known'))).toBe(503);
    expect(provider.asked).toBe(0);
  });
});
