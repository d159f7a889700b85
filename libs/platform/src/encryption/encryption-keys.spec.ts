import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { EncryptionKeys, isSealed } from './encryption-keys.js';

const K1 = `k1:${randomBytes(32).toString('base64')}`;
const K2 = `k2:${randomBytes(32).toString('base64')}`;
const PLACE = 'table|column|row|field';

describe('a ring of keys', () => {
  const keys = new EncryptionKeys(K1);

  it('reads what it sealed, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string(), (text, place) => {
        const sealed = keys.seal(text, place);

        expect(isSealed(sealed)).toBe(true);
        expect(keys.open(sealed, place)).toBe(text);
      }),
    );
  });

  it('never writes the same text in the same way', () => {
    expect(keys.seal('text', PLACE)).not.toBe(keys.seal('text', PLACE));
  });

  it('shows the id of the key, and nothing of the text', () => {
    const sealed = keys.seal('ana@example.com', PLACE);

    expect(sealed).toMatch(/^v1:k1:[\w-]{16}:[\w-]{22}:[\w-]{20}$/);
    expect(sealed).not.toContain('ana');
  });

  it.each(['version', 'key id', 'nonce', 'tag', 'ciphertext'])(
    'does not read it once anything of its %s is changed',
    (part) => {
      const both = new EncryptionKeys(`${K1},${K2}`);
      const parts = both.seal('text', PLACE).split(':');
      const at = ['version', 'key id', 'nonce', 'tag', 'ciphertext'].indexOf(part);
      const original = parts[at]!;

      for (let i = 0; i < original.length; i += 1) {
        for (const letter of 'AQgw12_-') {
          if (original[i] === letter) continue;
          parts[at] = original.slice(0, i) + letter + original.slice(i + 1);
          expect(both.open(parts.join(':'), PLACE)).toBeNull();
        }
      }
    },
  );

  it('does not read it in another place', () => {
    const sealed = keys.seal('text', PLACE);

    expect(keys.open(sealed, 'table|column|another row|field')).toBeNull();
    expect(keys.open(sealed, 'table|column|row|another field')).toBeNull();
  });

  it.each(['', 'v1', 'v1:k1:::', 'v1:k1:aaaaaaaaaaaaaaaa:aaaaaaaaaaaaaaaaaaaaaa:', 'text'])(
    'does not read "%s"',
    (text) => {
      expect(isSealed(text)).toBe(false);
      expect(keys.open(text, PLACE)).toBeNull();
    },
  );

  it('seals with its first key, and reads with all', () => {
    const old = keys.seal('text', PLACE);
    const ring = new EncryptionKeys(`${K2}, ${K1}`);

    expect(ring.open(old, PLACE)).toBe('text');
    expect(ring.seal('text', PLACE)).toMatch(/^v1:k2:/);
    expect(keys.open(ring.seal('text', PLACE), PLACE)).toBeNull();
  });

  it('does not read with another key of the same id', () => {
    const another = new EncryptionKeys(K2.replace('k2', 'k1'));

    expect(another.open(keys.seal('text', PLACE), PLACE)).toBeNull();
  });

  it('shows its keys to nobody who looks at it', () => {
    const secret = K1.slice(3, 20);

    expect(inspect(keys, { depth: 9, showHidden: true })).not.toContain(secret);
    expect(JSON.stringify(keys)).toBe('{"current":"k1","others":[]}');
  });
});
