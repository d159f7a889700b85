import { describe, expect, it } from '@jest/globals';
import { copyText } from './copy-text.js';

const text = (...values: unknown[]): string =>
  copyText(
    values.map((value) => ({ value })),
    ['value'],
  );

describe('rows as COPY reads them', () => {
  it('are lines of columns in the order asked for', () => {
    const rows = [
      { b: 2, a: 'one' },
      { b: null, a: '' },
    ];

    expect(copyText(rows, ['a', 'b'])).toBe('one\t2\n\t\\N\n');
  });

  it('hold no tab, no line end and no backslash of a text as it is', () => {
    expect(text('a\tb\nc\rd\\e')).toBe(String.raw`a\tb\nc\rd\\e` + '\n');
  });

  it('tell a text that looks like null or like the end from these', () => {
    expect(text(String.raw`\N`, String.raw`\.`)).toBe('\\\\N\n\\\\.\n');
  });

  it('hold times, bytes, numbers and JSON', () => {
    expect(text(new Date(0), Buffer.from('é'), 1.5, true, [{ a: '"' }])).toBe(
      ['1970-01-01T00:00:00.000Z', String.raw`\\xc3a9`, '1.5', 'true', '[{"a":"\\\\\""}]', ''].join(
        '\n',
      ),
    );
  });

  it('leave it to PostgreSQL to refuse a time that is none', () => {
    expect(text(new Date(Number.NaN))).toBe('not a time\n');
  });
});
