import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { MomentTexts, timeText } from './time-text.js';

describe('a time as text', () => {
  it.each([
    [1_700_000_000_123, '2023-11-14T22:13:20.123000Z'],
    ['2023-11-14T22:13:20.123Z', '2023-11-14T22:13:20.123000Z'],
    ['2023-11-14t23:13:20.123456+01:00', '2023-11-14T22:13:20.123456Z'],
    ['2023-11-14 22:13:20z', '2023-11-14T22:13:20.000000Z'],
    ['2026-11-22T01:05:52.468529245Z', '2026-11-22T01:05:52.468529Z'],
    ['2026-11-22T01:05:52.9999997Z', '2026-11-22T01:05:53.000000Z'],
    ['2026-11-22T01:05:52Z', '2026-11-22T01:05:52.000000Z'],
    ['2026-11-22T01:05:52.5Z', '2026-11-22T01:05:52.500000Z'],
    ['2026-12-31T23:59:59.9999996Z', '2027-01-01T00:00:00.000000Z'],
    ['2026-11-21T24:00:00Z', '2026-11-22T00:00:00.000000Z'],
    ['2016-12-31T23:59:60.5Z', '2017-01-01T00:00:00.500000Z'],
  ])('of %p is %p', (time, text) => {
    expect(timeText(time)).toBe(text);
  });

  it('is one text, however the same moment is spelt', () => {
    const fractions = fc.array(fc.nat(9), { maxLength: 12 }).map((digits) => digits.join(''));

    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0) }), fractions, (date, digits) => {
        fc.pre(date.getUTCFullYear() < 10_000);
        const seconds = date.toISOString().slice(0, 19);
        const spelt = digits === '' ? seconds : `${seconds}.${digits}`;

        expect(timeText(`${spelt}Z`)).toBe(timeText(`${spelt}+00:00`));
      }),
    );
  });

  it('of milliseconds is each one’s own, whichever came before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1, 1_700_000_000_123)), (times) => {
        const texts = times.map((ms) => new Date(ms).toISOString().replace('Z', '000Z'));

        expect(times.map(timeText)).toEqual(texts);
      }),
    );
  });
});

describe('moments as texts', () => {
  it('are what toISOString says, whichever came before', () => {
    const times = fc.oneof(
      fc.integer({ min: 1_700_000_000_000, max: 1_700_000_003_000 }),
      fc.integer({ min: -8.64e15, max: 8.64e15 }),
    );

    fc.assert(
      fc.property(fc.array(times), (moments) => {
        const texts = new MomentTexts();

        expect(moments.map((ms) => texts.of(ms))).toEqual(
          moments.map((ms) => new Date(ms).toISOString()),
        );
      }),
    );
  });

  it('of what is no time throw, and leave the next one as it is', () => {
    const texts = new MomentTexts();

    expect(() => texts.of(Number.NaN)).toThrow(RangeError);
    expect(texts.of(0)).toBe('1970-01-01T00:00:00.000Z');
  });
});
