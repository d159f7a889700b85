import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import * as fc from 'fast-check';
import { CsvRecords } from './csv-records.js';
import { Lines } from './lines.js';

/** Each record as its line and its cells, or its line and what is wrong. */
function recordsOf(file: string | Buffer): [number, readonly string[] | string][] {
  const lines = new Lines();
  const records = new CsvRecords();
  const all = [...lines.read(Buffer.from(file)), ...lines.end()];
  const read = [...all.flatMap((line) => [...records.read(line)]), ...records.end()];
  return read.map((record) => [record.line, 'cells' in record ? record.cells : record.fault]);
}

const STRAY = 'has a quote that is out of place or never closed';

describe('the records of a CSV file', () => {
  it('are what another parser reads, for whatever cells a file has', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' ', "'", 'é') });
    const row = fc.array(cell, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row), fc.constantFrom('\n', '\r\n'), (rows, record_delimiter) => {
        const options = { record_delimiter, quote_record_delimiter: true, quoted_empty: true };
        const file = stringify(rows, options);
        const theirs: string[][] = parse(file, { record_delimiter, relax_column_count: true });

        const ours = recordsOf(file).map(([, cells]) => cells);

        expect(ours).toEqual(theirs);
        expect(ours).toEqual(rows);
      }),
    );
  });

  it('are numbered by the line on which they begin', () => {
    expect(recordsOf('a,b\n\n"c\n\nd",e\r\nf,"g\n"\n\nh')).toEqual([
      [1, ['a', 'b']],
      [3, ['c\n\nd', 'e']],
      [6, ['f', 'g\n']],
      [9, ['h']],
    ]);
  });

  it.each([
    [
      'in the middle of a cell',
      'a,5" pipe\nb,c',
      [
        [1, STRAY],
        [2, ['b', 'c']],
      ],
    ],
    [
      'behind a quoted cell',
      '"a"x,b\nc,d',
      [
        [1, STRAY],
        [2, ['c', 'd']],
      ],
    ],
    [
      'that is never closed',
      '"a,b\nc,d\ne,f',
      [
        [1, STRAY],
        [2, ['c', 'd']],
        [3, ['e', 'f']],
      ],
    ],
    [
      'that another stray one closes',
      '"a,b\nc,d\n"e,f\ng',
      [
        [1, STRAY],
        [2, ['c', 'd']],
        [3, STRAY],
        [4, ['g']],
      ],
    ],
    [
      'at the very end',
      'a,b\n"',
      [
        [1, ['a', 'b']],
        [2, STRAY],
      ],
    ],
  ] as [string, string, unknown][])('cost one line by a quote %s', (_, file, expected) => {
    expect(recordsOf(file)).toEqual(expected);
  });

  it('do not go on over a line that cannot be read', () => {
    const file = Buffer.from('"a,b\n\xff\nc,d"\ne,f\n', 'latin1');

    expect(recordsOf(file)).toEqual([
      [1, STRAY],
      [2, 'is not UTF-8'],
      [3, STRAY],
      [4, ['e', 'f']],
    ]);
  });

  it('give up on a quote long before the end of a large file', () => {
    const rest = Array.from({ length: 20_000 }, (_, i) => `offer-${i},product,producer`);

    const records = recordsOf(`"open,b,c\n${rest.join('\n')}`);

    expect(records).toHaveLength(20_001);
    expect(records.filter(([, cells]) => typeof cells === 'string')).toEqual([[1, STRAY]]);
    expect(records.at(-1)).toEqual([20_001, ['offer-19999', 'product', 'producer']]);
  });

  it('takes empty lines behind a stray quote for none, however many', () => {
    const records = new CsvRecords();
    const lines = ['"', ...Array.from({ length: 70_000 }, () => ''), 'a,b'];

    const found = [
      ...lines.flatMap((text, i) => [...records.read({ number: i + 1, bytes: Buffer.from(text) })]),
      ...records.end(),
    ];

    expect(found).toEqual([
      { line: 1, fault: 'has a quote that is out of place or never closed' },
      { line: 70_002, cells: ['a', 'b'] },
    ]);
  });
});
