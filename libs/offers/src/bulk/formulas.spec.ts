import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { bare, inert } from './formulas.js';

describe('cells that spreadsheets would run', () => {
  it.each(['=1', '+1', '-1', '@a', '\ta', '\ra', '＝1', "'=1", "''@"])(
    'are disarmed: %j',
    (value) => {
      expect(inert(value)).toBe(`'${value}`);
    },
  );

  it.each(['', "'", "o'clock", "'a", 'a=1', '1-1'])('are not these: %j', (value) => {
    expect(inert(value)).toBe(value);
    expect(bare(value)).toBe(value);
  });

  it('are found again as they were', () => {
    const value = fc.string({ unit: fc.constantFrom("'", '=', '-', '@', '\t', 'a', ' ') });
    fc.assert(fc.property(value, (text) => expect(bare(inert(text))).toBe(text)));
  });
});
