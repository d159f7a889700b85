import { describe, expect, it } from '@jest/globals';
import { isWorthRetrying, retryAfterMs, retryDelayMs } from './retry.js';

const NOW = Date.parse('2026-01-15T12:00:00Z');

describe('whether an answer is worth another try', () => {
  it.each([408, 429, 500, 502, 503, 504, 599])('%d is', (status) => {
    expect(isWorthRetrying(status)).toBe(true);
  });

  it.each([200, 202, 204, 301, 400, 401, 403, 404, 409, 410, 413, 415, 422])(
    '%d is not',
    (status) => {
      expect(isWorthRetrying(status)).toBe(false);
    },
  );
});

describe('what Retry-After asks for', () => {
  it.each([
    ['seconds', '3', 3000],
    ['no time at all', '0', 0],
    ['a date', 'Thu, 15 Jan 2026 12:00:30 GMT', 30_000],
    ['a date that has passed', 'Thu, 15 Jan 2026 11:59:00 GMT', 0],
    ['a day at most', '99999999999', 86_400_000],
  ])('is %s', (_what, header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });

  it.each([
    ['nothing, where it is absent', null],
    ['nothing, where it is empty', ''],
    ['nothing, where it is neither', 'soon'],
  ])('is %s', (_what, header) => {
    expect(retryAfterMs(header, NOW)).toBeUndefined();
  });
});

describe('the pause before another try', () => {
  const pauses = (tries: number): number[] =>
    Array.from({ length: 500 }, () => retryDelayMs(tries));

  it.each([
    [1, 500, 1000],
    [2, 1000, 2000],
    [4, 4000, 8000],
    [7, 30_000, 60_000],
    [50, 30_000, 60_000],
    [5000, 30_000, 60_000],
  ])('after try %d is between %d and %d ms', (tries, least, most) => {
    for (const pause of pauses(tries)) {
      expect(pause).toBeGreaterThanOrEqual(least);
      expect(pause).toBeLessThanOrEqual(most);
    }
  });

  it('differs between those who failed together', () => {
    expect(new Set(pauses(3)).size).toBeGreaterThan(400);
  });

  it('is never shorter than what the server asks for', () => {
    expect(retryDelayMs(1, 90_000)).toBe(90_000);
    expect(retryDelayMs(1, 1)).toBeGreaterThanOrEqual(500);
  });
});
