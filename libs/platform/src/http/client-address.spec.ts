import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { ClientAddress, networkOf, parseTrustedProxies, plainAddress } from './client-address.js';

const aRequest = (remoteAddress: string | undefined, forwarded?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as never;

const seen = (trust: string, socket: string | undefined, forwarded?: string): string | null =>
  new ClientAddress(parseTrustedProxies(trust)).of(aRequest(socket, forwarded));

describe('an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    [' 192.0.2.1 ', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:4711', '192.0.2.1'],
    ['::ffff:192.0.2.256', null],
    ['2001:db8::ffff:1', '2001:db8::ffff:1'],
    ['::ffff:0:c000:201', '::ffff:0:c000:201'],
    ['2001:db8::1', '2001:db8::1'],
    ['192.0.2.1:4711', '192.0.2.1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['fe80::1%eth0', null],
    ['[fe80::1%eth0]:80', null],
    ['192.0.2.256', null],
    ['unknown', null],
    ['', null],
    [undefined, null],
  ])('%s is noted as %s', (text, expected) => {
    expect(plainAddress(text)).toBe(expected);
  });
});

describe('the address behind proxies', () => {
  it.each([
    ['', '192.0.2.1', '203.0.113.9', '192.0.2.1'],
    ['1', '192.0.2.1', '198.51.100.7, 203.0.113.9', '203.0.113.9'],
    ['2', '192.0.2.1', '198.51.100.7, 203.0.113.9', '198.51.100.7'],
    ['3', '192.0.2.1', '198.51.100.7, 203.0.113.9', '198.51.100.7'],
    ['1', '192.0.2.1', undefined, '192.0.2.1'],
    ['1', '192.0.2.1', '', null],
    ['192.0.2.0/24', '192.0.2.1', '198.51.100.7, 203.0.113.9', '203.0.113.9'],
    ['192.0.2.0/24, 203.0.113.9', '::ffff:192.0.2.1', '198.51.100.7, 203.0.113.9', '198.51.100.7'],
    ['2001:db8::/32', '2001:db8::5', '2001:db9::1', '2001:db9::1'],
    ['192.0.2.0/24', '198.51.100.1', '203.0.113.9', '198.51.100.1'],
    ['192.0.2.0/24', '192.0.2.1', '192.0.2.7', '192.0.2.7'],
    ['192.0.2.0/24', undefined, '203.0.113.9', null],
  ])('with "%s" trusted, from %s: %s is %s', (trust, socket, forwarded, expected) => {
    expect(seen(trust, socket, forwarded)).toBe(expected);
  });

  it.each([
    'all',
    'true',
    '-1',
    '0.0.0.0/0',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '1,',
    '*',
  ])('is not read with the setting "%s"', (setting) => {
    expect(() => parseTrustedProxies(setting)).toThrow('neither');
  });
});

describe('the network that a rate limit counts by', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8:1:2:3::', '2001:db8:1:2::/64'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
