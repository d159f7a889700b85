import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { membersOf, MOST_FIELDS, MOST_LEVELS, shapeOf } from './json-shape.js';

const bytesOf = (text: string): Buffer => Buffer.from(text);

/** Nesting, by walking what was parsed. */
const levelsOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(levelsOf))
    : 0;

const json = fc.json({ maxDepth: 12, depthSize: 'large', stringUnit: 'binary' });

describe('judging the shape of JSON on its bytes', () => {
  it('agrees with walking the parsed value', () => {
    fc.assert(
      fc.property(json, (text) => {
        const value: unknown = JSON.parse(text);
        const tooDeep = levelsOf(value) > MOST_LEVELS;

        expect(shapeOf(bytesOf(text)) === 'too_deep').toBe(tooDeep);
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts top-level fields only', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.jsonValue({ maxDepth: 3 }),
        (count, inner) => {
          const fields = Array.from({ length: count }, (_, i) => [`f:${i}"`, inner] as const);
          const shape = shapeOf(bytesOf(JSON.stringify(Object.fromEntries(fields))));

          expect(shape).toBe(count > MOST_FIELDS ? 'too_many_fields' : 'sound');
        },
      ),
    );
  });

  it('reads no bracket, colon or quote inside text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('[', '{', ':', '"', '\\', ']', 'a') }),
        (text) => {
          expect(shapeOf(bytesOf(JSON.stringify({ [text]: text })))).toBe('sound');
        },
      ),
    );
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(['sound', 'too_deep', 'too_many_fields']).toContain(shapeOf(bytes));
        membersOf(bytes, 10);
      }),
    );
  });
});

describe('splitting an array on its bytes', () => {
  it('judges each member as it would be judged alone', () => {
    const wide = fc.dictionary(fc.string(), fc.nat(), { minKeys: 50, maxKeys: 80 });
    const nested = fc.nat(12).map((levels) => '['.repeat(levels) + ']'.repeat(levels) || '1');
    const members = fc.oneof(
      json,
      nested,
      wide.map((value) => JSON.stringify(value)),
    );

    fc.assert(
      fc.property(fc.array(members), (texts) => {
        const shapes = texts.map((text) => shapeOf(bytesOf(text)));

        expect(membersOf(bytesOf(`[${texts.join(',')}]`), 1_000)).toMatchObject(
          shapes.map((shape) => ({ shape })),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  const partsOf = (text: string, most = 1_000): unknown[] | string => {
    const bytes = bytesOf(text);
    const members = membersOf(bytes, most);
    if (typeof members === 'string') return members;
    return members.map(
      ({ start, end }) => JSON.parse(bytes.toString('utf8', start, end)) as unknown,
    );
  };

  it('finds the members that parsing finds, however they are spaced', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ stringUnit: 'binary' })),
        fc.constantFrom(undefined, 1, '\t'),
        (values, space) => {
          const text = JSON.stringify(values, null, space);

          expect(partsOf(` ${text}\r\n`)).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('takes for broken only what is no JSON either', () => {
    const noise = fc.string({ unit: fc.constantFrom('[', ']', '{', '}', ',', '"', ' ', '1', ':') });
    fc.assert(
      fc.property(noise, (text) => {
        fc.pre(membersOf(bytesOf(`[${text}]`), 1_000) === 'broken');

        expect(() => JSON.parse(`[${text}]`) as unknown).toThrow(SyntaxError);
      }),
    );
  });

  it('stops at one member too many', () => {
    expect(partsOf('[1,2,3]', 3)).toEqual([1, 2, 3]);
    expect(partsOf('[1,2,3,4]', 3)).toBe('too_many');
    expect(partsOf(`[1,2,3,4,${'x'.repeat(100)}`, 3)).toBe('too_many');
  });
});
