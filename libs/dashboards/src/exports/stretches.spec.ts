import { describe, expect, it } from '@jest/globals';
import { stretchesOf } from './stretches.js';

const range = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });

const cut = (asked: [string, string], partitions: [string, string][]): string[] =>
  stretchesOf(
    range(...asked),
    partitions.map((each) => range(...each)),
  ).map(({ from, to }) => [from, to].map((edge) => edge.toISOString().slice(0, 10)).join(' '));

describe('the stretches of a range', () => {
  it('are one where there are no partitions', () => {
    expect(cut(['2026-01-01', '2026-02-01'], [])).toEqual(['2026-01-01 2026-02-01']);
  });

  it('are cut at every partition, whatever its length and order, and at the gaps between', () => {
    const partitions: [string, string][] = [
      ['2026-03-02', '2026-03-03'],
      ['2026-01-01', '2026-02-01'],
      ['2026-03-01', '2026-03-02'],
    ];

    expect(cut(['2025-12-30', '2026-03-10'], partitions)).toEqual([
      '2025-12-30 2026-01-01',
      '2026-01-01 2026-02-01',
      '2026-02-01 2026-03-01',
      '2026-03-01 2026-03-02',
      '2026-03-02 2026-03-03',
      '2026-03-03 2026-03-10',
    ]);
  });

  it('end where the range ends, within a partition too', () => {
    expect(cut(['2026-01-10', '2026-01-12'], [['2026-01-01', '2026-02-01']])).toEqual([
      '2026-01-10 2026-01-12',
    ]);
  });
});
