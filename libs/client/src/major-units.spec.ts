import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { majorUnits } from './major-units.js';

const written = (minor: number, currency: string): string =>
  JSON.stringify(majorUnits(minor, currency));

/** The digits of a decimal with a number of decimals: minor units again, computed in text. */
const digitsOf = (decimal: string, decimals: number): number => {
  const [whole = '', fraction = ''] = decimal.split('.');
  return Number(`${whole}${fraction.padEnd(decimals, '0')}`);
};

describe('an amount on the wire', () => {
  it.each([
    [5997, 'USD', '59.97'],
    [10, 'USD', '0.1'],
    [1, 'eur', '0.01'],
    [1000, 'EUR', '10'],
    [0, 'USD', '0'],
    [-0, 'USD', '0'],
    [-5, 'USD', '-0.05'],
    [5997, 'JPY', '5997'],
    [1234, 'KWD', '1.234'],
    [1, 'KWD', '0.001'],
    [110, ' ', '1.1'],
    [110, 'dollars', '1.1'],
    [110, 'XXQ', '1.1'],
    [Number.MAX_SAFE_INTEGER, 'JPY', '9007199254740991'],
    [999_999_999_999_999, 'USD', '9999999999999.99'],
  ])('is %d minor units of %s as %s', (minor, currency, text) => {
    const json = written(minor, currency);

    expect(json).toBe(text);
  });

  it.each([
    ['JPY', 0, Number.MAX_SAFE_INTEGER],
    ['USD', 2, 1e15 - 1],
    ['KWD', 3, 1e15 - 1],
    ['CLF', 4, 1e15 - 1],
  ])(
    'is the same minor units of %s again, and the shortest decimal',
    (currency, decimals, most) => {
      fc.assert(
        fc.property(fc.integer({ min: -most, max: most }), (minor) => {
          const json = written(minor, currency);

          expect(json).toMatch(/^-?\d+(\.\d*[1-9])?$/);
          expect(digitsOf(json, decimals) + 0).toBe(minor + 0);
        }),
        { numRuns: 1000 },
      );
    },
  );

  it.each([59.97, Number.NaN, Infinity, 2 ** 53, '5997', undefined, null])(
    'is refused by name where it is %p',
    (amount) => {
      const writing = (): number => majorUnits(amount as number, 'usd', 'totalMinor');

      expect(writing).toThrow(RangeError);
      expect(writing).toThrow(`totalMinor: ${String(amount)} is no whole number of minor units`);
    },
  );

  it('is refused where JSON would be read as another amount', () => {
    const writing = (): number => majorUnits(Number.MAX_SAFE_INTEGER, 'USD');

    expect(writing).toThrow('amountMinor: 9007199254740991 minor units of USD are too many');
  });
});
