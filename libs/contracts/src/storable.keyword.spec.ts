import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isStorable, isStorableAs } from './storable.keyword.js';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\0', '\ud83d', '\ude00', '😀', 'null', String.raw`\u0000`, String.raw`\ud83d`),
);
const number = fc.constantFrom(0, -0, 1.5, Infinity, -Infinity);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    text,
    number,
    fc.constant(null),
    fc.boolean(),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(text, tie('json'), { maxKeys: 3 }),
  ),
}));

describe('what PostgreSQL can store', () => {
  it.each([
    ['text', { ü: ['😀', 1.5, null, true] }, true],
    ['NUL', ['a\0b'], false],
    ['half a character as a name', { a: { '\ud83d': 1 } }, false],
    ['a number beyond all', { a: [Infinity] }, false],
  ])('is told of %s', (_what, value, isIt) => {
    expect(isStorable(value)).toBe(isIt);
  });

  it('is told by the JSON text as by a look at each part', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(isStorableAs(JSON.stringify(value), value)).toBe(isStorable(value));
      }),
      { numRuns: 1000 },
    );
  });
});
