import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { currencyExponent, currencyOf, minorUnits } from './money.js';

describe('money', () => {
  it.each([
    [59.97, 'USD', 5997],
    ['59.97', 'USD', 5997],
    [2.9985, 'USD', 300],
    [1.005, 'USD', 101],
    [-1.005, 'USD', -101],
    [0.1 + 0.2, 'USD', 30],
    [1234.5, 'JPY', 1235],
    [-0.5, 'JPY', -1],
    ['+7', 'USD', 700],
    ['007.5', 'USD', 750],
    ['99999999999.99', 'USD', 9_999_999_999_999],
    ['999999999999.99', 'USD', 99_999_999_999_999],
    [1.5, 'JPY', 2],
    [1.5, 'KWD', 1500],
    [1.2344, 'KWD', 1234],
    ['+1.5e+2', 'USD', 15000],
    ['1.5E-2', 'USD', 2],
    [1.2345, 'KWD', 1235],
    [1e21, 'JPY', null],
    [1e-7, 'USD', 0],
    [0, 'EUR', 0],
    ['12,50', 'EUR', null],
    ['', 'EUR', null],
    [null, 'EUR', null],
    [Number.NaN, 'EUR', null],
    [10, 'DOLLARS', null],
    [10, 'usd', null],
  ])('of %p %s is %p minor units', (amount, currency, minor) => {
    expect(minorUnits(amount, currency)).toBe(minor);
  });

  it('never loses a cent of an amount with two decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) => {
        expect(minorUnits(cents / 100, 'USD')).toBe(cents + 0);
      }),
    );
  });

  it.each([
    ['usd', 'USD'],
    [' eur ', 'EUR'],
    ['', 'USD'],
    [undefined, 'USD'],
    [null, 'USD'],
    [978, '978'],
    [['eur'], '["EUR"]'],
    [true, 'TRUE'],
    ['credits', 'CREDITS'],
  ])('names the currency %p as %s', (told, currency) => {
    expect(currencyOf(told)).toBe(currency);
  });

  it.each([
    ['JPY', 0],
    ['USD', 2],
    ['KWD', 3],
    ['CREDITS', null],
    ['__proto__', null],
  ])('gives %s %p decimals', (currency, exponent) => {
    expect(currencyExponent(currency)).toBe(exponent);
  });
});
