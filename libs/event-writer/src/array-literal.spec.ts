import { describe, expect, it } from '@jest/globals';
import { arrayLiteral } from './array-literal.js';

const literal = (...values: unknown[]): string =>
  arrayLiteral(
    values.map((value) => ({ value })),
    'value',
  );

describe('a column as an array of PostgreSQL', () => {
  it('quotes every text, so that none is taken for NULL or syntax', () => {
    expect(literal('a', '', 'NULL', '{,}', ' b ')).toBe('{"a","","NULL","{,}"," b "}');
  });

  it('escapes quotes and backslashes', () => {
    expect(literal(String.raw`a"b\c`)).toBe(String.raw`{"a\"b\\c"}`);
  });

  it('writes what is absent as NULL', () => {
    expect(literal(null, undefined)).toBe('{NULL,NULL}');
  });

  it('writes numbers, times, bytes and JSON', () => {
    expect(literal(1.5, new Date(0), Buffer.from('é'), [{ a: '"' }])).toBe(
      String.raw`{1.5,"1970-01-01T00:00:00.000Z","\\xc3a9","[{\"a\":\"\\\"\"}]"}`,
    );
  });

  it('leaves it to PostgreSQL to refuse a time that is none', () => {
    expect(literal(new Date(Number.NaN))).toBe('{"not a time"}');
  });

  it('is empty without rows', () => {
    expect(literal()).toBe('{}');
  });
});
