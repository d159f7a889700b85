import { describe, expect, it } from '@jest/globals';
import { millisOf } from './time.keyword.js';

const NOON = Date.UTC(2026, 0, 15, 12, 2, 59);

describe('the milliseconds of a time', () => {
  it.each([
    ['2026-01-15T12:02:59Z', NOON],
    ['2026-01-15T12:02:59.468529245Z', NOON + 468],
    ['2026-01-15t12:02:59.5z', NOON + 500],
    ['2026-01-15 12:02:59Z', NOON],
    ['2026-01-15T13:02:59+01:00', NOON],
    ['2026-01-15T12:02:60Z', NOON],
    ['2026-01-15t12:02:60.5z', NOON + 500],
    ['0001-01-02T00:00:00Z', Date.parse('0001-01-02T00:00:00.000Z')],
  ])('of %s are %p', (text, millis) => {
    expect(millisOf(text)).toBe(millis);
  });

  it.each(['', 'noon', '2026-01-15T25:02:00Z', 1_700_000_000_000, null, undefined])(
    'of %p are none',
    (time) => {
      expect(millisOf(time)).toBeNaN();
    },
  );
});
