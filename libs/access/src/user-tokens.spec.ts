import { createHmac, generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Caller, loadConfig } from '#libs/platform';
import { SignJWT } from 'jose';
import { UserTokens } from './user-tokens.js';

const SECRET = 'a secret of the tests, long enough to be one';
const HOUR_SECONDS = 3600;
const nowSeconds = (): number => Math.floor(Date.now() / 1000);

type Claims = Record<string, unknown>;

const aToken = (claims: Claims = {}, header: Claims = {}, secret = SECRET): Promise<string> =>
  new SignJWT({ sub: 'user-1', exp: nowSeconds() + HOUR_SECONDS, ...claims })
    .setProtectedHeader({ alg: 'HS256', ...header })
    .sign(Buffer.from(secret));

/** Signed with our secret, whatever its header says. */
function signed(header: object, claims: object, secret: string | Buffer = SECRET): string {
  const text = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

describe('tokens of users', () => {
  const tokensWith = (settings: NodeJS.ProcessEnv = {}): UserTokens =>
    new UserTokens(loadConfig({ JWT_SECRET: SECRET, ...settings }), {} as never);
  let tokens: UserTokens;
  beforeEach(() => {
    jest.useFakeTimers({ now: 1_760_000_000_000, doNotFake: ['nextTick', 'setImmediate'] });
    tokens = tokensWith();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const userOf = async (claims: Claims): Promise<Caller | null> =>
    tokens.callerOf(await aToken(claims));

  it('name the user and nothing more where they say nothing more', async () => {
    expect(await userOf({})).toEqual({ kind: 'user', id: 'user-1', scopes: [] });
  });

  it('bring the scopes that we know, apart by blanks, once each', async () => {
    const scope = 'openid events:read  dashboards:read events:read toString';

    expect(await userOf({ scope })).toMatchObject({ scopes: ['events:read', 'dashboards:read'] });
  });

  const OWN = { kind: 'creator', id: 'user-1' };

  it.each([
    ['admin', { role: 'admin', scopes: ['admin'] }],
    ['creator', { role: 'creator', scopes: ['dashboards:read'], owner: OWN }],
    ['integrator', { role: 'integrator', scopes: ['events:read'] }],
  ])('bring the role %s, and what it may', async (role, expected) => {
    expect(await userOf({ role })).toEqual({ kind: 'user', id: 'user-1', ...expected });
  });

  it('bind a creator to the creator that they name', async () => {
    const owner = { kind: 'creator', id: 'creator-7' };

    expect(await userOf({ role: 'creator', creatorId: 'creator-7' })).toMatchObject({ owner });
    expect(await userOf({ role: 'creator', creatorId: null })).toMatchObject({ owner: OWN });
  });

  it.each(['', 7, ['creator-7'], { id: 'creator-7' }, 'two\nlines', 'a'.repeat(201)])(
    'are refused where a creator names %j as the creator that it is',
    async (creatorId) => {
      expect(await userOf({ role: 'creator', creatorId })).toBeNull();
    },
  );

  it.each(['admin', 'personal-data:read events:read', 'ingest:commerce dashboards:read'])(
    'give a creator nothing more by the scope "%s"',
    async (scope) => {
      const caller = await userOf({ role: 'creator', scope });

      expect(caller).toMatchObject({ scopes: ['dashboards:read'], owner: OWN });
    },
  );

  it('add the scopes that they name to an integrator’s, and bind nobody else', async () => {
    const scope = 'dashboards:read events:read';

    const integrator = await userOf({ role: 'integrator', scope, creatorId: 'creator-7' });

    expect(integrator).toEqual({
      kind: 'user',
      id: 'user-1',
      role: 'integrator',
      scopes: ['events:read', 'dashboards:read'],
    });
  });

  it.each(['Admin', 'authenticated', 'toString', '', 1, null, ['admin'], { admin: true }])(
    'take the role %j of another catalogue for none',
    async (role) => {
      expect(await userOf({ role })).toEqual({ kind: 'user', id: 'user-1', scopes: [] });
    },
  );

  it.each([[['creator']], [{ name: 'creator' }], [7]])(
    'open nothing where their role %j is no text, whatever scopes they name',
    async (role) => {
      expect(await userOf({ role, scope: 'dashboards:read' })).toMatchObject({ scopes: [] });
    },
  );

  it.each([{ scope: ['admin'] }, { scope: 'ADMIN' }, { scope: 'admin,events:read' }, { scope: 7 }])(
    'bring no scope by %j',
    async (claims) => {
      expect(await userOf(claims)).toMatchObject({ scopes: [] });
    },
  );

  it.each(['', 'a'.repeat(201), 'two\nlines', 'nul\0', 7, null, { id: 1 }])(
    'are refused where their subject %j is no id',
    async (sub) => {
      expect(await userOf({ sub })).toBeNull();
    },
  );

  it('are refused without a subject or without an end', async () => {
    expect(await userOf({ sub: undefined })).toBeNull();
    expect(await userOf({ exp: undefined })).toBeNull();
  });

  it.each([
    ['just now, by a clock a little behind', -4, 'user-1'],
    ['a while ago', -6, undefined],
  ])('that ended %s are answered alike before and after they were seen', async (_, by, id) => {
    const token = await aToken({ exp: nowSeconds() + by });

    const first = await tokens.callerOf(token);
    const second = await tokens.callerOf(token);

    expect([first?.id, second?.id]).toEqual([id, id]);
  });

  it('end on time although they were seen before', async () => {
    const token = await aToken({ exp: nowSeconds() + 60 });
    const before = await tokens.callerOf(token);

    jest.advanceTimersByTime(66_000);

    expect(before).toMatchObject({ id: 'user-1' });
    expect(await tokens.callerOf(token)).toBeNull();
  });

  it('do not count before their time', async () => {
    expect(await userOf({ nbf: nowSeconds() + 60 })).toBeNull();
    expect(await userOf({ nbf: nowSeconds() - 60 })).toMatchObject({ id: 'user-1' });
  });

  it('are answered at once when they were seen before', async () => {
    const token = await aToken();
    await tokens.callerOf(token);

    expect(tokens.callerOf(token)).toMatchObject({ id: 'user-1' });
  });

  it('are refused where another secret signed them, or nobody', async () => {
    const claims = { sub: 'user-1', exp: nowSeconds() + HOUR_SECONDS, role: 'admin' };
    const sound = await aToken({ role: 'admin' });
    const [header, , signature] = sound.split('.');
    const changed = Buffer.from(JSON.stringify({ ...claims, sub: 'user-2' })).toString('base64url');
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' });

    const forgeries = [
      await aToken({}, {}, 'another secret of the tests, as long as the first'),
      `${header}.${changed}.${signature}`,
      sound.slice(0, -4),
      `${sound.slice(0, sound.lastIndexOf('.'))}.`,
      signed({ alg: 'none' }, claims),
      signed({ alg: 'None' }, claims),
      signed({ alg: 'HS512' }, claims),
      signed({ alg: 'RS256' }, claims, pem),
      signed({ alg: 'HS256', crit: ['exp'] }, claims),
      signed({ alg: ['HS256'] }, claims),
      signed({}, claims),
    ];

    for (const forgery of forgeries) expect(await tokens.callerOf(forgery)).toBeNull();
  });

  it('must come from the issuer and be for the audience that are set', async () => {
    tokens = tokensWith({ JWT_ISSUER: 'https://id.example', JWT_AUDIENCE: 'footfall' });
    const right = { iss: 'https://id.example', aud: ['shop', 'footfall'] };

    expect(await userOf(right)).toMatchObject({ id: 'user-1' });
    expect(await userOf({ ...right, iss: 'https://id.example/' })).toBeNull();
    expect(await userOf({ ...right, iss: undefined })).toBeNull();
    expect(await userOf({ ...right, aud: 'shop' })).toBeNull();
    expect(await userOf({ ...right, aud: undefined })).toBeNull();
  });

  it.each(['', 'nonsense', 'a.b', 'a.b.c', '..', 'a.b.c.d', 'e30.e30.e30', 'é.é.é', 'a b.c.d'])(
    'are not "%s"',
    async (text) => {
      expect(await tokens.callerOf(text)).toBeNull();
    },
  );

  it('are bounded in length, so that nobody pays for looking at them', async () => {
    expect(tokens.callerOf(await aToken({ long: 'a'.repeat(8192) }))).toBeNull();
  });

  it('are unknown, all of them, where no secret is set', async () => {
    tokens = new UserTokens(loadConfig({}), {} as never);

    expect(tokens.callerOf(await aToken())).toBeNull();
  });
});
