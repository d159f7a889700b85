import { describe, expect, it } from '@jest/globals';
import { addressOf } from './address.js';
import { FootfallError } from './footfall-error.js';

describe('the address of Footfall', () => {
  it.each([
    ['http://footfall:3000', 'http://footfall:3000'],
    ['http://footfall:3000/', 'http://footfall:3000'],
    ['https://example.com/footfall//', 'https://example.com/footfall'],
  ])('%s is spoken to at %s', (endpoint, base) => {
    expect(addressOf(endpoint).base).toBe(base);
  });

  it('makes Basic authentication of user information, and shows it in no URL', () => {
    const { base, headers } = addressOf('https://any:s%40cret@example.com');

    expect(base).toBe('https://example.com');
    expect(headers['authorization']).toBe(`Basic ${Buffer.from('any:s@cret').toString('base64')}`);
  });

  it('prefers the key', () => {
    expect(addressOf('https://any:other@example.com', 'key').headers['authorization']).toBe(
      'Bearer key',
    );
  });

  it('takes a key as a file has it, with an end of line', () => {
    expect(addressOf('https://a', 'key\n').headers['authorization']).toBe('Bearer key');
  });

  it.each([
    ['https://a', 'two\nlines'],
    ['https://a', '🔑'],
    ['https://any:100%@a', undefined],
  ])('is refused at once with a key that cannot be sent: %j %j', (endpoint, key) => {
    expect(() => addressOf(endpoint, key)).toThrow(FootfallError);
  });

  it('sends no credentials where there are none', () => {
    expect(addressOf('https://example.com').headers).not.toHaveProperty('authorization');
  });

  it.each(['footfall', 'ftp://any:hidden@example.com', 'http://any:hidden@'])(
    'is refused at once where it is none, without showing what it holds: %s',
    (endpoint) => {
      const address = (): unknown => addressOf(endpoint);

      expect(address).toThrow(FootfallError);
      expect(address).not.toThrow('hidden');
    },
  );
});
