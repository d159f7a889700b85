import { describe, expect, it } from '@jest/globals';
import { type NetworkSettings, TrustedNetworks } from './trusted-networks.js';

const onLoopback: NetworkSettings = { host: '127.0.0.1', trustProxy: '0' };
const HOST = { host: '127.0.0.1:3000' };

const trust = (
  socketAddress: string | undefined,
  settings: Partial<NetworkSettings> = {},
  headers: NodeJS.Dict<string> = HOST,
  httpVersion = '1.1',
): boolean =>
  new TrustedNetworks({ ...onLoopback, ...settings }).trust(
    { headers, socketAddress },
    httpVersion,
  );

describe('a request from this machine', () => {
  it.each(['127.0.0.1', '127.8.0.9', '::1', '::ffff:127.0.0.1'])(
    'is trusted from %s',
    (address) => {
      expect(trust(address)).toBe(true);
    },
  );

  it.each(['127.0.0.1', 'localhost', '::1'])('is trusted while we listen on %s', (host) => {
    expect(trust('127.0.0.1', { host })).toBe(true);
  });

  it.each(['0.0.0.0', '::', '10.0.0.5', 'footfall.example'])(
    'is not while we listen on %s, where others reach us too',
    (host) => {
      expect(trust('127.0.0.1', { host })).toBe(false);
    },
  );

  it.each(['1', '127.0.0.0/8', '10.0.0.1'])(
    'is not while a proxy is configured as %s',
    (trustProxy) => {
      expect(trust('127.0.0.1', { trustProxy })).toBe(false);
    },
  );

  it.each(['0', '00', ''])('is while "%s" says that there is no proxy', (trustProxy) => {
    expect(trust('127.0.0.1', { trustProxy })).toBe(true);
  });

  it.each([
    'forwarded',
    'via',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-forwarded-anything',
    'x-real-ip',
  ])('is not with a header %s, whatever it says', (name) => {
    expect(trust('127.0.0.1', {}, { ...HOST, [name]: '127.0.0.1' })).toBe(false);
    expect(trust('127.0.0.1', {}, { ...HOST, [name]: '' })).toBe(false);
  });

  it('is not in HTTP/1.0, which nginx speaks where nobody told it more', () => {
    expect(trust('127.0.0.1', {}, HOST, '1.0')).toBe(false);
    expect(trust('10.1.2.3', { networks: '10.1.0.0/16' }, HOST, '1.0')).toBe(true);
  });

  it.each(['localhost', 'LOCALHOST:3000', '127.0.0.1:3000', '[::1]:3000', '[::1]'])(
    'is when it was sent to %s',
    (host) => {
      expect(trust('127.0.0.1', {}, { host })).toBe(true);
    },
  );

  it.each([
    'shop.example',
    'evil.example:3000',
    'localhost.evil.example',
    '10.0.0.5',
    '',
    undefined,
  ])('is not when it was sent to %s', (host) => {
    expect(trust('127.0.0.1', {}, { host })).toBe(false);
  });
});

describe('a request from elsewhere', () => {
  const networks = '10.1.0.0/16, 192.0.2.7,2001:db8::/32';

  it.each(['10.1.2.3', '::ffff:10.1.2.3', '::ffff:a01:203', '192.0.2.7', '2001:db8::5'])(
    'is trusted from %s in a network that is named',
    (address) => {
      expect(trust(address, { networks, host: '0.0.0.0' })).toBe(true);
    },
  );

  it.each(['10.2.0.1', '192.0.2.8', '::ffff:10.2.0.1', '2001:db9::5', 'fe80::1%eth0', 'nonsense'])(
    'is not from %s',
    (address) => {
      expect(trust(address, { networks })).toBe(false);
    },
  );

  it('is judged by its socket, never by what it says of itself', () => {
    const headers = { ...HOST, 'x-forwarded-for': '10.1.2.3', forwarded: 'for=10.1.2.3' };

    expect(trust('203.0.113.9', { networks }, headers)).toBe(false);
  });

  it('is not trusted where the socket is gone, or where no network is named', () => {
    expect(trust(undefined, { networks })).toBe(false);
    expect(trust('10.1.2.3')).toBe(false);
  });

  it.each(['0.0.0.0/0', '::/0', 'all', '10.0.0.0/33', '10.0.0.0/8,', ''])(
    'cannot be trusted by "%s"',
    (setting) => {
      expect(() => trust('10.0.0.1', { networks: setting })).toThrow('nor an address or network');
    },
  );
});
