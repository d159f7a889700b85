import { describe, expect, it } from '@jest/globals';
import { cutoffOf, rejectedBefore } from './retention-policy.js';

const days = (months: number, now: string): string | undefined =>
  cutoffOf(months, new Date(now))?.toISOString();

describe('what retention takes', () => {
  it.each([
    [1, '2026-03-15T13:14:15.678Z', '2026-02-15T00:00:00.000Z'],
    [25, '2026-03-15T23:59:59.999Z', '2024-02-15T00:00:00.000Z'],
    [1, '2026-03-31T00:00:00.000Z', '2026-02-28T00:00:00.000Z'],
    [1, '2024-03-31T00:00:00.000Z', '2024-02-29T00:00:00.000Z'],
    [12, '2024-02-29T12:00:00.000Z', '2023-02-28T00:00:00.000Z'],
    [3, '2026-01-31T12:00:00.000Z', '2025-10-31T00:00:00.000Z'],
  ])('begins %i months before %s at %s', (months, now, cutoff) => {
    expect(days(months, now)).toBe(cutoff);
  });

  it('is nothing where everything is kept', () => {
    expect(cutoffOf(0, new Date())).toBeNull();
    expect(rejectedBefore(0, new Date())).toBeNull();
  });

  it('is counted in days where events were rejected', () => {
    expect(rejectedBefore(30, new Date('2026-03-15T13:00:00Z'))?.toISOString()).toBe(
      '2026-02-13T13:00:00.000Z',
    );
  });
});
