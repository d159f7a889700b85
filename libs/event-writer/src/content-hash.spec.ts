import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { contentHash } from './content-hash.js';

const text = fc.string({ unit: fc.constantFrom('a', 'B', '"', '\\', '\n', 'é', '😀', '\ud800') });
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(-0, 1e21, 1e-7, Infinity));
const plain = fc.dictionary(text, fc.oneof(text, number, fc.constant(undefined)));
const nested = fc.dictionary(text, fc.jsonValue());

/** What cannot be told has no hash. */
const orNone = (hashed: () => string): string | null => {
  try {
    return hashed();
  } catch {
    return null;
  }
};

describe('the hash of a content', () => {
  it('is that of its canonical JSON', () => {
    const ofCanonical = (content: object) =>
      createHash('sha256').update(canonicalize(content)!).digest('hex');

    fc.assert(
      fc.property(fc.oneof(plain, nested), (content) => {
        expect(orNone(() => contentHash(content))).toBe(orNone(() => ofCanonical(content)));
      }),
      { numRuns: 500 },
    );
  });

  it('sorts names as texts, those that an object puts first for their digits too', () => {
    const sha256 = createHash('sha256').update('{"!":"c","10":"b","9":"a"}').digest('hex');

    expect(contentHash({ '9': 'a', '10': 'b', '!': 'c' })).toBe(sha256);
  });

  it('does not depend on the order of fields, but on every field', () => {
    const event = { path: '/', sessionId: 'visit-1', more: { b: 1, a: 2 } };
    const turned = { more: { a: 2, b: 1 }, sessionId: 'visit-1', path: '/' };

    expect(contentHash(turned)).toBe(contentHash(event));
    expect(contentHash({ ...event, more: { a: 2, b: 2 } })).not.toBe(contentHash(event));
    expect(contentHash({ path: '/', step: undefined })).toBe(contentHash({ path: '/' }));
  });
});
