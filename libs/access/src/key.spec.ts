import { describe, expect, it } from '@jest/globals';
import { digestOf, keyOf, newKey } from './key.js';

describe('a key', () => {
  it('is found again by the id that its text shows', () => {
    const key = newKey();

    expect(keyOf(key.text)).toEqual(key);
  });

  it('bears 192 bits that no other key bears', () => {
    const [one, another] = [newKey(), newKey()].map(({ text }) => text.slice(-32));

    expect(Buffer.from(one!, 'base64url')).toHaveLength(24);
    expect(one).not.toBe(another);
  });

  it('is stored as a digest of the whole, so that neither id nor secret alone fits', () => {
    const key = newKey();
    const other = newKey();

    const forged = keyOf(key.text.slice(0, -32) + other.text.slice(-32))!;

    expect(digestOf(forged)).not.toEqual(digestOf(key));
    expect(digestOf(key)).toHaveLength(32);
  });

  it.each([
    ['nothing', ''],
    ['another prefix', newKey().text.replace('ff_', 'gg_')],
    ['a key that is cut short', newKey().text.slice(0, -1)],
    ['a key with more behind it', `${newKey().text}x`],
    ['a key on the second line', `\n${newKey().text}`],
    ['an id in capitals', `ff_${'A'.repeat(32)}_${'a'.repeat(32)}`],
  ])('is not read from %s', (_, text) => {
    expect(keyOf(text)).toBeNull();
  });
});
