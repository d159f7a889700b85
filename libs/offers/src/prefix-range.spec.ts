import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { rangeOf } from './prefix-range.js';

const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

describe('the stretch of ids with a prefix', () => {
  it('holds those that begin so, and no others', () => {
    const edges = ['a', 'b', '%', '\ud7ff', '\ue000', '\uffff', '💳', '\u{10fffe}', '\u{10ffff}'];
    const text = fc.string({ unit: fc.constantFrom(...edges), maxLength: 4 });
    fc.assert(
      fc.property(text, text, (prefix, other) => {
        const { from, before } = rangeOf(prefix);
        for (const id of [other, prefix + other]) {
          const isWithin = compare(id, from) >= 0 && compare(id, before) < 0;
          expect(isWithin).toBe(id.startsWith(prefix));
        }
      }),
    );
  });

  it('is all ids where there is no prefix, or none could come after it', () => {
    const greatest = '\u{10ffff}'.repeat(200);

    for (const prefix of ['', '\u{10ffff}', greatest]) {
      expect(compare(greatest, rangeOf(prefix).before)).toBeLessThan(0);
    }
  });

  it('ends with text that PostgreSQL can read', () => {
    expect(rangeOf('a\ud7ff').before).toBe('a\ue000');
  });
});
