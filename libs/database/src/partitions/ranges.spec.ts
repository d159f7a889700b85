import { describe, expect, it } from '@jest/globals';
import { daysAhead, missingRanges, rangesAround, suffixOf } from './ranges.js';

const range = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });
const NOW = new Date('2026-12-31T12:00:00Z');

describe('the ranges of partitions', () => {
  it('cross the year by months', () => {
    const months = rangesAround(NOW, 'month', { aheadDays: 14, behindDays: 31 });

    expect(months.map(suffixOf)).toEqual(['_p202611', '_p202612', '_p202701']);
  });

  it('are named by their month or their day', () => {
    expect(suffixOf(range('2026-02-01', '2026-03-01'))).toBe('_p202602');
    expect(suffixOf(range('2026-02-01', '2026-02-02'))).toBe('_p20260201');
  });

  it('leave out days that a month holds already', () => {
    const days = rangesAround(NOW, 'day', { aheadDays: 1, behindDays: 1 });

    const missing = missingRanges(days, [range('2026-12-01', '2027-01-01')]);

    expect(missing.map(suffixOf)).toEqual(['_p20270101']);
  });

  it('count the days ahead up to the first gap', () => {
    const existing = [
      range('2026-12-31', '2027-01-01'),
      range('2027-01-01', '2027-01-02'),
      range('2027-01-03', '2027-01-04'),
    ];

    expect(daysAhead(NOW, existing)).toBe(1);
    expect(daysAhead(NOW, [])).toBe(0);
  });
});
