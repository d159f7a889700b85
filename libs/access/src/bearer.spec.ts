import { describe, expect, it } from '@jest/globals';
import { keyTextOf } from './bearer.js';

const basic = (text: string): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(text).toString('base64')}`,
});

describe('the key that a request bears', () => {
  it.each([
    ['as a bearer token', { authorization: 'Bearer ff_1' }, 'ff_1'],
    ['with the scheme in any case', { authorization: 'bEARER ff_1' }, 'ff_1'],
    ['with more than one blank', { authorization: 'Bearer   ff_1' }, 'ff_1'],
    ['in its own header', { 'x-api-key': 'ff_1' }, 'ff_1'],
    ['in its own header beside another login', { ...basic('a:b'), 'x-api-key': 'ff_1' }, 'ff_1'],
    ['as the password of Basic', basic('commerce:ff_1'), 'ff_1'],
    ['as the password of nobody', basic(':ff_1'), 'ff_1'],
    ['as a password with colons', basic('commerce:ff:1'), 'ff:1'],
  ])('is read %s', (_, headers, text) => {
    expect(keyTextOf(headers)).toBe(text);
  });

  it.each([
    ['another scheme', { authorization: 'Digest username="a"' }],
    ['a scheme alone', { authorization: 'Bearer' }],
    ['an empty header', { authorization: '' }],
    ['a bearer token with a blank in it', { authorization: 'Bearer a b' }],
    ['Basic without a password', basic('ff_1')],
  ])('cannot be ours where it is %s', (_, headers) => {
    expect(keyTextOf(headers)).toBeNull();
  });

  it('is absent where nothing was sent', () => {
    expect(keyTextOf({ cookie: 'key=ff_1' })).toBeUndefined();
  });
});
