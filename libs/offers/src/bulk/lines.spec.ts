import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Lines, MOST_LINE_BYTES } from './lines.js';

/** The lines of a file that comes in these chunks; null for one that is too long. */
function linesOf(chunks: readonly Buffer[]): [number, string | null][] {
  const lines = new Lines();
  const read = [...chunks.flatMap((chunk) => [...lines.read(chunk)]), ...lines.end()];
  return read.map(({ number, bytes }) => [number, bytes?.toString('latin1') ?? null]);
}

describe('the lines of a file', () => {
  it('are the same however its bytes come', () => {
    const bytes = fc.array(
      fc.constantFrom('a', '\n', '\r', '"', '\xff', 'é').map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, (chunks) => {
        const whole = Buffer.concat(chunks);
        const text = whole.toString('latin1');
        const expected = text.split('\n').map((line, i) => [i + 1, line]);
        if (text === '' || text.endsWith('\n')) expected.pop();

        expect(linesOf(chunks)).toEqual(expected);
        expect(linesOf([whole])).toEqual(expected);
      }),
    );
  });

  it('begin behind a byte-order mark, also where that comes in two pieces', () => {
    const bytes = Buffer.from('\ufeffa\n\ufeffb');

    const lines = linesOf([bytes.subarray(0, 1), bytes.subarray(1)]);

    expect(lines).toEqual([
      [1, 'a'],
      [2, Buffer.from('\ufeffb').toString('latin1')],
    ]);
  });

  it('may be as long as the limit, and cost one line where they are longer', () => {
    const file = `${'a'.repeat(MOST_LINE_BYTES)}\n${'b'.repeat(MOST_LINE_BYTES + 1)}\nc\n`;

    expect(linesOf([Buffer.from(file)]).map(([, line]) => line?.[0])).toEqual([
      'a',
      undefined,
      'c',
    ]);
  });

  it('are not held however long they are', () => {
    const chunks = Array.from({ length: 100 }, () => Buffer.alloc(50_000, 'x'));

    expect(linesOf([...chunks, Buffer.from('\nb')])).toEqual([
      [1, null],
      [2, 'b'],
    ]);
    expect(linesOf(chunks)).toEqual([[1, null]]);
  });
});
