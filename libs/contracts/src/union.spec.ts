import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Check } from '#libs/platform';
import { documentOf } from '../../../test/support/document-of.js';
import { compileChecks } from './contract-check.js';
import {
  Alias,
  JsonObjectField,
  NestedField,
  NumberField,
  TagField,
  TextField,
  TimeField,
  TimeTextField,
} from './fields.js';
import { UnionOf } from './union.js';

const HOUR = 3_600_000;

class Wrapping {
  @TextField({ description: 'Of the paper.', maxLength: 10, optional: true })
  readonly colour?: string;
}

class Flowers {
  @TagField({ description: 'What it is.', values: ['ROSE', 'TULIP'] })
  readonly kind: string;

  @TimeField({ description: 'When it was cut.' })
  readonly cutAt: number | string;

  @Alias('stalks')
  @TextField({ description: 'How many.', maxLength: 20 })
  readonly stems: string;

  @NestedField({ description: 'How it is wrapped.', of: Wrapping, optional: true })
  readonly wrapping?: Wrapping;
}

class Book {
  @TagField({ description: 'What it is.', values: ['BOOK'] })
  readonly kind: string;

  @TimeTextField({
    description: 'When it was bought.',
    optional: true,
    limits: { mostAhead: HOUR, mostBehind: 24 * HOUR },
  })
  readonly boughtAt?: string;

  @TimeTextField({ description: 'When it was printed.', optional: true })
  readonly printedAt?: string;

  @NumberField({ description: 'What it cost.', optional: true })
  readonly price?: number;

  @JsonObjectField({ description: 'Whatever else.', optional: true })
  readonly props?: object;
}

@UnionOf('kind', [Flowers, Book])
class Gift {}

describe('a contract that is one of several', () => {
  let check: Check;

  beforeAll(async () => {
    check = compileChecks(await documentOf(Gift))(Gift);
  });

  const roses = (fields: object = {}) => ({ kind: 'ROSE', cutAt: 0, stems: 'twelve', ...fields });
  const book = (fields: object = {}) => ({ kind: 'BOOK', ...fields });
  const breaches = (body: object) => check(body).breaches;

  it('is judged by the variant that its tag names', () => {
    expect(breaches(roses())).toEqual([]);
    expect(breaches(book())).toEqual([]);
    expect(breaches({ kind: 'TULIP' })).toEqual([
      { field: 'cutAt', reason: 'is required' },
      { field: 'stems', reason: 'is required' },
    ]);
  });

  it.each([
    [undefined, 'is required'],
    [null, 'is required'],
    [7, 'must be one of: ROSE, TULIP, BOOK'],
    ['rose', 'must be one of: ROSE, TULIP, BOOK'],
    ['constructor', 'must be one of: ROSE, TULIP, BOOK'],
  ])('names the tag where it is %p', (kind, reason) => {
    expect(breaches({ ...roses(), kind })).toEqual([{ field: 'kind', reason }]);
  });

  it('drops and counts what the variant does not know, and nulls of nested fields', () => {
    const gift = roses({ props: { a: 1 }, wrapping: { colour: null }, author: 'x' });

    expect(check(gift)).toEqual({ breaches: [], unknownFields: 2, isAsSent: false });
    expect(gift).toEqual({ kind: 'ROSE', cutAt: 0, stems: 'twelve', wrapping: {} });
  });

  it('takes a field under its other name', () => {
    const { stems, ...rest } = roses();
    const gift = { ...rest, stalks: ` ${stems} ` };

    expect(breaches(gift)).toEqual([]);
    expect(gift).toEqual(roses());
  });

  it('takes both names where they say the same, and refuses them where they do not', () => {
    expect(breaches(roses({ stalks: ' twelve' }))).toEqual([]);
    expect(breaches(roses({ stalks: null }))).toEqual([]);
    expect(breaches(roses({ stalks: 'ten' }))).toEqual([
      { field: 'stalks', reason: 'differs from stems' },
    ]);
  });

  it.each([
    0,
    1_700_000_000_000,
    '2026-01-31T12:00:00Z',
    '2026-01-31T12:00:00.123456789+02:00',
    '2016-12-31T23:59:60Z',
  ])('takes the time %p', (cutAt) => {
    expect(breaches(roses({ cutAt }))).toEqual([]);
  });

  it.each([
    -1,
    1.5,
    4_102_444_800_001,
    '',
    'yesterday',
    '1700000000000',
    '2026-02-31T00:00:00Z',
    '2026-01-31',
    '2026-01-31T12:00:00',
    '2026-01-31T12:00:00+23:00',
    '1969-12-31T23:59:59Z',
    '2100-01-01T00:00:01Z',
    true,
    {},
  ])('refuses the time %p, in one breach', (cutAt) => {
    expect(breaches(roses({ cutAt }))).toEqual([
      { field: 'cutAt', reason: expect.stringContaining('must be milliseconds since 1970') },
    ]);
  });

  it('holds a time to our clock where the contract says so', () => {
    const at = (millis: number) => new Date(Date.now() + millis).toISOString();

    expect(breaches(book({ boughtAt: at(0.9 * HOUR) }))).toEqual([]);
    expect(breaches(book({ boughtAt: at(-23 * HOUR) }))).toEqual([]);
    for (const boughtAt of [at(1.1 * HOUR), at(-25 * HOUR)]) {
      expect(breaches(book({ boughtAt }))).toEqual([
        { field: 'boughtAt', reason: 'must be a time at most 1 h ahead of now and 1 days back' },
      ]);
    }
  });

  it.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-12:00'])(
    'refuses %s, which PostgreSQL does not store',
    (printedAt) => {
      expect(breaches(book({ printedAt }))).toMatchObject([{ field: 'printedAt' }]);
    },
  );

  it.each([
    ['a NUL', { a: ['\0'] }],
    ['a lone surrogate', { a: '\ud83d' }],
    ['a name with a NUL', { a: { 'b\0': 1 } }],
    ['an endless number', { a: { b: [Infinity] } }],
  ])('refuses %s in free JSON', (_, props) => {
    expect(breaches(book({ props }))).toMatchObject([{ field: 'props' }]);
  });

  it('leaves free JSON as it is', () => {
    const props = { ' a ': ' b ', n: null, list: [{ deep: ' x ' }], emoji: '😀' };
    const gift = book({ props: structuredClone(props) });

    expect(breaches(gift)).toEqual([]);
    expect(gift).toEqual({ kind: 'BOOK', props });
  });

  it('refuses a number that JSON cannot hold', () => {
    expect(breaches(book({ price: Infinity }))).toMatchObject([{ field: 'price' }]);
    expect(breaches(book({ price: '12' }))).toEqual([
      { field: 'price', reason: 'must be a number' },
    ]);
  });
});

describe('two variants', () => {
  it('cannot claim one value', () => {
    expect(() => UnionOf('kind', [Flowers, Flowers])).toThrow('two variants claim kind ROSE');
  });
});
