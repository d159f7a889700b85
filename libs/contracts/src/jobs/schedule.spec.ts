import { describe, expect, it } from '@jest/globals';
import { scheduleInWords, lastDueOf, nextRunOf } from './schedule.js';

describe('a job that runs once a day', () => {
  it.each([
    [
      'just before its time: the day before',
      '2026-03-01T00:59:59.999Z',
      '2026-02-28T01:00:00.000Z',
    ],
    ['at its time: now', '2026-03-01T01:00:00.000Z', '2026-03-01T01:00:00.000Z'],
    ['late that day: in the morning', '2026-03-01T23:59:59.999Z', '2026-03-01T01:00:00.000Z'],
  ])('was due last, seen %s', (_, now, due) => {
    expect(lastDueOf('01:00', new Date(now)).toISOString()).toBe(due);
  });

  it('is due next a day after it was due last', () => {
    const next = nextRunOf({ dailyAt: '01:00' }, new Date('2026-03-01T00:30:00Z'));

    expect(next.toISOString()).toBe('2026-03-01T01:00:00.000Z');
  });
});

describe('a schedule', () => {
  it('can be read', () => {
    expect(scheduleInWords({ everyMs: 2000 })).toBe('every 2 s');
    expect(scheduleInWords({ dailyAt: '01:00' })).toBe('daily at 01:00 UTC');
  });
});
