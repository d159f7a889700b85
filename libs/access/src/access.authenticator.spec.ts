import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { SignJWT } from 'jose';
import type { Database } from '#libs/database';
import {
  ANONYMOUS,
  CannotAuthenticateError,
  loadConfig,
  Metrics,
  TooManyFailedLoginsError,
} from '#libs/platform';
import { AccessAuthenticator } from './access.authenticator.js';
import { AccessMetrics } from './access.metrics.js';
import type { LiveKey } from './api-keys.repository.js';
import { digestOf, newKey } from './key.js';
import type { FailedLogins } from './failed-logins.js';
import { KeyRing } from './key-ring.js';
import { KeyUses } from './key-uses.js';
import { UserTokens } from './user-tokens.js';

const JWT_SECRET = 'a secret of the tests, long enough to be one';
const known = newKey();
const stored = (key = known): LiveKey => ({
  id: key.id,
  keyHash: digestOf(key).toString('hex'),
  scopes: ['events:read'],
  ownerKind: null,
  ownerId: null,
  leftMs: null,
});

describe('knowing callers by what they show', () => {
  const live = jest.fn<() => Promise<LiveKey[]>>();
  const note = jest.fn<FailedLogins['note']>();
  const ask = { socketAddress: '127.0.0.1' };
  let metrics: Metrics;
  let ring: KeyRing;
  let authenticator: AccessAuthenticator;
  let notify: () => void;

  beforeEach(() => {
    jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    live.mockReset().mockResolvedValue([stored()]);
    note.mockReset().mockResolvedValue(0);
    metrics = new Metrics();
    const listen = (_: string, heard: () => void): void => {
      notify = heard;
    };
    const database = { ready: () => Promise.resolve(), listen } as unknown as Database;
    ring = new KeyRing(database, { live } as never, new KeyUses({} as never));
    authenticator = new AccessAuthenticator(
      ring,
      new UserTokens(loadConfig({ JWT_SECRET }), {} as never),
      { note } as never,
      new AccessMetrics(metrics),
    );
  });
  afterEach(async () => {
    await ring.stop();
    jest.restoreAllMocks();
  });

  const identify = (text: string) =>
    authenticator.identify({ ...ask, headers: { 'x-api-key': text } });
  const loaded = async (): Promise<void> => {
    ring.start();
    await until(() => ring.isLoaded);
  };

  it('names the caller of a live key, with its scopes and without its text', async () => {
    await loaded();

    expect(identify(known.text)).toEqual({ kind: 'key', id: known.id, scopes: ['events:read'] });
  });

  it('knows nobody by a key that was never made, and none by half of one', async () => {
    await loaded();
    const forged = known.text.slice(0, -32) + newKey().text.slice(-32);

    const wrong = [newKey().text, forged, 'nonsense'];

    expect(await Promise.all(wrong.map(async (each) => identify(each)))).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('takes a request without a key for anonymous, whether keys are known or not', () => {
    expect(authenticator.identify({ ...ask, headers: {} })).toBe(ANONYMOUS);
  });

  it('knows a user by a token, and counts alike, whether keys are known or not', async () => {
    const token = await new SignJWT({ sub: 'user-1' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .sign(Buffer.from(JWT_SECRET));

    const callers = [await identify(token), await identify(token), await identify(`${token}x`)];

    const user = { kind: 'user', id: 'user-1', scopes: [] };
    expect(callers).toEqual([user, user, null]);
    const figures = await metrics.registry.metrics();
    expect(figures).toContain('footfall_logins_total{answer="known"} 2');
    expect(figures).toContain('footfall_logins_total{answer="unknown"} 1');
  });

  it('cannot tell before keys have been read', () => {
    expect(() => identify(known.text)).toThrow(CannotAuthenticateError);
  });

  it('goes on with the last known keys while they cannot be read', async () => {
    await loaded();
    live.mockRejectedValue(new Error('connection refused'));
    notify();
    await until(() => live.mock.calls.length >= 2);

    expect(identify(known.text)).toMatchObject({ id: known.id });
  });

  it('forgets a key that was revoked, as soon as it is told', async () => {
    await loaded();
    live.mockResolvedValue([]);
    notify();
    await until(() => identify(known.text) instanceof Promise);

    expect(await identify(known.text)).toBeNull();
  });

  it('binds a key’s caller to the owner of the key', async () => {
    const owner = { ownerKind: 'creator', ownerId: 'creator-1' };
    live.mockResolvedValue([{ ...stored(), ...owner }]);
    await loaded();

    expect(identify(known.text)).toMatchObject({ owner: { kind: 'creator', id: 'creator-1' } });
  });

  it('forgets a key when its time is over, although nobody reads keys any more', async () => {
    live.mockResolvedValue([{ ...stored(), leftMs: 1000 }]);
    await loaded();
    const before = identify(known.text);
    await ring.stop();

    await until(() => identify(known.text) instanceof Promise);

    expect(before).toMatchObject({ id: known.id });
    expect(await identify(known.text)).toBeNull();
  });

  it('refuses wrong credentials that come too often, and right ones never', async () => {
    await loaded();
    note.mockResolvedValue(12_345);

    const wrong = identify('nonsense');

    await expect(wrong).rejects.toThrow(TooManyFailedLoginsError);
    await expect(wrong).rejects.toMatchObject({ retryAfterSeconds: 13 });
    expect(identify(known.text)).toMatchObject({ id: known.id });
    expect(note).toHaveBeenCalledTimes(1);
    expect(await metrics.registry.metrics()).toContain('logins_total{answer="limited"} 1');
  });

  it('is not misled by a hash that somebody wrote by hand', async () => {
    live.mockResolvedValue([{ ...stored(), keyHash: 'short' }]);
    await loaded();

    expect(await identify(known.text)).toBeNull();
  });

  it('counts who was known, who was not, and who could not be told', async () => {
    expect(() => identify(known.text)).toThrow(CannotAuthenticateError);
    await loaded();
    await identify(known.text);
    await identify('nonsense');
    await authenticator.identify({ ...ask, headers: { authorization: 'Digest x' } });
    await authenticator.identify({ ...ask, headers: {} });

    const figures = await metrics.registry.metrics();

    expect(figures).toContain('footfall_logins_total{answer="known"} 1');
    expect(figures).toContain('footfall_logins_total{answer="unknown"} 2');
    expect(figures).toContain('footfall_logins_total{answer="cannot_tell"} 1');
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
