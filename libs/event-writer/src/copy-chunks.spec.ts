import { describe, expect, it } from '@jest/globals';
import { copyChunks } from './copy-chunks.js';

const textOf = (...asked: Parameters<typeof copyChunks>): string =>
  Buffer.concat(copyChunks(...asked)).toString();

const text = (...values: unknown[]): string =>
  textOf(
    values.map((value) => ({ value })),
    ['value'],
  );

describe('rows as COPY reads them', () => {
  it('are lines of columns in the order asked for', () => {
    const rows = [
      { b: 2, a: 'one' },
      { b: null, a: '' },
    ];

    expect(textOf(rows, ['a', 'b'])).toBe('one\t2\n\t\\N\n');
  });

  it('hold no tab, no line end and no backslash of a text as it is', () => {
    expect(text('a\tb\nc\rd\\e')).toBe(String.raw`a\tb\nc\rd\\e` + '\n');
  });

  it('hold none of a long text either', () => {
    const long = 'x'.repeat(1000);

    for (const [special, spelt] of [
      ['\t', String.raw`\t`],
      ['\n', String.raw`\n`],
      ['\r', String.raw`\r`],
      ['\\', String.raw`\\`],
    ]) {
      expect(text(`${long}${special}${long}`)).toBe(`${long}${spelt}${long}\n`);
    }
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

  it('spell each time of a column, and a time that comes again, as it is', () => {
    const at = (ms: number) => new Date(ms);

    expect(text(at(0), at(1), at(1), at(Number.NaN), at(1))).toBe(
      `${[0, 1, 1].map((ms) => at(ms).toISOString()).join('\n')}\nnot a time\n${at(1).toISOString()}\n`,
    );
  });

  it('are the same text over many chunks, whatever they hold', () => {
    const values = Array.from({ length: 3000 }, (_, n) => `${n} ${'é€😀'.repeat(n % 40)}`);
    const long = 'ü'.repeat(200_000);

    const chunks = copyChunks(
      [...values, long, 'last'].map((value) => ({ value })),
      ['value'],
    );

    expect(chunks.length).toBeGreaterThan(3);
    expect(Buffer.concat(chunks).toString()).toBe([...values, long, 'last', ''].join('\n'));
  });
});
