import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Config, loadConfig } from './config.js';

/** 32 bytes that begin with a word that no message may repeat. */
const A_KEY = Buffer.from('hunter2'.padEnd(32, '!')).toString('base64');

describe('the settings', () => {
  it('have a default for everything', () => {
    expect(loadConfig({})).toMatchObject({ HOST: '127.0.0.1', PORT: 3000, DATA_DIR: '.data' });
  });

  it('are read as what they are, not as text', () => {
    const config = loadConfig({ PORT: '8080', DOCS: 'false', ROLES: 'ingest, worker' });

    expect(config).toMatchObject({ PORT: 8080, DOCS: false, ROLES: ['ingest', 'worker'] });
  });

  it('list every problem at once', () => {
    const load = () => loadConfig({ PORT: 'no', DATABASE_URL: 'mysql://x', DOCS: 'yes' });

    expect(load).toThrow(/PORT[\s\S]*DATABASE_URL[\s\S]*DOCS|DATABASE_URL[\s\S]*DOCS[\s\S]*PORT/);
  });

  it('take an empty value for "not set"', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 3000 });
  });

  it.each([
    'postgres://footfall:p%40ss@footfall_db:5432/footfall',
    'postgresql://footfall@[::1]/footfall?sslmode=require',
    'postgres://footfall:secret@db.internal.example.com/footfall',
  ])('take the address %s of a database', (url) => {
    expect(loadConfig({ DATABASE_URL: url }).DATABASE_URL).toBe(url);
  });

  it.each(['https://id.example.com', 'https://id.example.com/realms/a/', 'http://127.0.0.1:8080'])(
    'take %s for an identity provider, for one audience',
    (OIDC_ISSUER) => {
      const config = loadConfig({ OIDC_ISSUER, JWT_AUDIENCE: 'footfall' });

      expect(config.OIDC_ISSUER).toBe(OIDC_ISSUER);
    },
  );

  it.each([
    'http://id.example.com',
    'id.example.com',
    'https://user:secret@id.example.com',
    'https://id.example.com/?tenant=a',
    'https://id.example.com/#a',
    'file:///etc/passwd',
  ])('take no identity provider from %s', (OIDC_ISSUER) => {
    const load = () => loadConfig({ OIDC_ISSUER, JWT_AUDIENCE: 'footfall' });

    expect(load).toThrow(/OIDC_ISSUER must be an https address/);
  });

  it.each([
    ['without an audience', {}, /OIDC_ISSUER needs JWT_AUDIENCE/],
    ['beside a secret', { JWT_SECRET: 'a'.repeat(32), JWT_AUDIENCE: 'a' }, /exclude each other/],
    ['beside another issuer', { JWT_ISSUER: 'https://b', JWT_AUDIENCE: 'a' }, /JWT_ISSUER says/],
  ])('take no identity provider %s', (_, settings, problem) => {
    const load = () => loadConfig({ OIDC_ISSUER: 'https://id.example.com', ...settings });

    expect(load).toThrow(problem);
  });

  it('refuse a process that ingests into a journal which nobody consumes', () => {
    expect(() => loadConfig({ ROLES: 'ingest' })).toThrow(/worker/);
  });

  it.each(['all', '*', '10.0.0.0/99', '0.0.0.0/0', '::/0', '-1', 'true'])(
    'do not trust a proxy by "%s"',
    (value) => {
      expect(() => loadConfig({ TRUST_PROXY: value })).toThrow(/TRUST_PROXY/);
    },
  );

  it.each(['0', '2', '10.0.0.0/8', '10.0.0.1,fd00::/8'])('trust a proxy by "%s"', (value) => {
    expect(loadConfig({ TRUST_PROXY: value }).TRUST_PROXY).toBe(value);
  });

  it.each(['all', '*', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/8;11.0.0.0/8', '2'])(
    'trust no network by "%s"',
    (value) => {
      const load = () => loadConfig({ COMMERCE_TRUSTED_NETWORKS: value });

      expect(load).toThrow(/COMMERCE_TRUSTED_NETWORKS must be a list/);
    },
  );

  it('trust networks by a list of them', () => {
    const COMMERCE_TRUSTED_NETWORKS = '10.0.0.0/8, fd00::/8,192.168.1.7';

    expect(loadConfig({ COMMERCE_TRUSTED_NETWORKS })).toMatchObject({ COMMERCE_TRUSTED_NETWORKS });
  });

  it('refuse a secret for tokens that is short, and do not repeat it', () => {
    const load = () => loadConfig({ JWT_SECRET: 'hunter2-hunter2-hunter2-hunter2' });

    expect(load).toThrow('JWT_SECRET must be a secret of at least 32 bytes');
    expect(load).not.toThrow(/hunter2/);
  });

  it.each(['redis://redis:6379', 'rediss://:p%40ss@cache_1.internal:6380/2', 'redis://127.0.0.1'])(
    'take the address %s of a Redis',
    (REDIS_URL) => {
      expect(loadConfig({ REDIS_URL })).toMatchObject({ REDIS_URL });
    },
  );

  it.each(['redis.internal:6379', 'http://redis:6379', 'redis://'])(
    'refuse the address %s of a Redis',
    (REDIS_URL) => {
      expect(() => loadConfig({ REDIS_URL })).toThrow(/REDIS_URL/);
    },
  );

  it.each([
    'nats://nats:4222',
    'nats://footfall:p%40ss@a.internal:4222, tls://s3cret@b_1.internal',
    'nats://[::1]:4222',
  ])('take the addresses %s of NATS', (NATS_URL) => {
    expect(loadConfig({ NATS_URL })).toMatchObject({ NATS_URL });
  });

  it.each(['nats:4222', 'http://hunter2@nats', 'nats://', 'nats://a,', 'nats://hunter2@a/path'])(
    'refuse the addresses %s of NATS, and do not repeat them',
    (NATS_URL) => {
      const load = () => loadConfig({ NATS_URL });

      expect(load).toThrow(/NATS_URL must be a list of addresses/);
      expect(load).not.toThrow(/hunter2/);
    },
  );

  it.each(['a.b', 'a b', 'a>', 'x'.repeat(65)])('name no consumer "%s"', (NATS_CONSUMER) => {
    expect(() => loadConfig({ NATS_CONSUMER })).toThrow(/NATS_CONSUMER/);
  });

  it('name what is encrypted only beside keys to encrypt it with', () => {
    const ENCRYPTION_KEYS = `k2:${randomBytes(32).toString('base64')}`;

    expect(loadConfig({ ENCRYPTED_PROPS: 'email, phone', ENCRYPTION_KEYS })).toMatchObject({
      ENCRYPTED_PROPS: ['email', 'phone'],
      ENCRYPTION_KEYS,
    });
    expect(() => loadConfig({ ENCRYPTED_PROPS: 'email' })).toThrow(
      'ENCRYPTED_PROPS needs ENCRYPTION_KEYS',
    );
  });

  it.each(['customer.email', 'email,,phone', 'e mail', 'email:phone'])(
    'refuse "%s" as names of what is encrypted',
    (ENCRYPTED_PROPS) => {
      expect(() => loadConfig({ ENCRYPTED_PROPS })).toThrow(/ENCRYPTED_PROPS must be names/);
    },
  );

  it.each([
    ['aHVudGVyMg==', 'key 1 has no id'],
    ['k1:aHVudGVyMg==', 'key 1 is not 32 bytes'],
    [`k1:${'hunter2!'.repeat(4)}`, 'key 1 is not 32 bytes'],
    [`${A_KEY}:k1`, 'key 1 has no id'],
    [`k1:${A_KEY},`, 'key 2 has no id'],
    [`k1:${A_KEY},k1:${A_KEY}`, 'key 2 has the id of another'],
    [`k1:${A_KEY},k2:${A_KEY}`, 'key 2 is the same as another'],
  ])('refuse the keys "%s", and repeat nothing of them', (ENCRYPTION_KEYS, problem) => {
    const load = () => loadConfig({ ENCRYPTION_KEYS });

    expect(load).toThrow(problem);
    expect(load).not.toThrow(/hunter2|aHVudGVy/);
  });

  it('stand in .env.example, each with its default', () => {
    const example = readFileSync('.env.example', 'utf8');
    const written = Object.fromEntries(
      [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    );
    const withoutDefault = [
      'DATABASE_URL',
      'JWT_SECRET',
      'OIDC_ISSUER',
      'JWT_ISSUER',
      'JWT_AUDIENCE',
      'COMMERCE_TRUSTED_NETWORKS',
      'REDIS_URL',
      'NATS_URL',
      'ENCRYPTION_KEYS',
    ];
    const names = [...Object.keys(new Config()), ...withoutDefault];

    expect(Object.keys(written).toSorted()).toEqual(names.toSorted());
    expect(loadConfig(written)).toEqual(loadConfig({}));
  });
});
