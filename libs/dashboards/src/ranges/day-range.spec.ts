import { describe, expect, it } from '@jest/globals';
import { ContractBreachError } from '#libs/platform';
import { dayRangeOf, momentsOf } from './day-range.js';

const NOW = new Date('2026-03-01T23:59:59.999Z');

const breachOf = (question: object): unknown => {
  try {
    return dayRangeOf(question, NOW);
  } catch (error) {
    return (error as ContractBreachError).breaches;
  }
};

describe('the days of a question', () => {
  it.each([
    ['none: the 30 days of which today is the last', {}, '2026-01-31', '2026-03-01'],
    ['only the first: until today', { from: '2026-02-01' }, '2026-02-01', '2026-03-01'],
    ['only the last: 30 days', { to: '2024-03-01' }, '2024-02-01', '2024-03-01'],
    ['both', { from: '2025-12-31', to: '2026-01-01' }, '2025-12-31', '2026-01-01'],
    ['one day', { from: '2026-01-01', to: '2026-01-01' }, '2026-01-01', '2026-01-01'],
    ['400 days', { from: '2025-01-26', to: '2026-03-01' }, '2025-01-26', '2026-03-01'],
    ['the beginning of time', { to: '1970-01-05' }, '1970-01-01', '1970-01-05'],
  ])('may name %s', (_, question, from, to) => {
    expect(dayRangeOf(question, NOW)).toMatchObject({ from, to });
  });

  it.each([
    ['yesterday', '2026-02-28', false],
    ['today', '2026-03-01', true],
    ['tomorrow', '2026-03-02', true],
  ])('tell whether the last is over: %s', (_, to, isLastDayIncomplete) => {
    expect(dayRangeOf({ to }, NOW)).toMatchObject({ isLastDayIncomplete });
  });

  it('are from their first moment to the first that is not theirs', () => {
    const range = dayRangeOf({ from: '2024-02-28', to: '2024-02-29' }, NOW);

    expect(momentsOf(range)).toEqual(['2024-02-28T00:00:00.000Z', '2024-03-01T00:00:00.000Z']);
  });

  it.each([
    ['end before they begin', { from: '2026-01-02', to: '2026-01-01' }, 'from'],
    ['begin after today', { from: '2026-03-02' }, 'from'],
    ['are 401', { from: '2025-01-25', to: '2026-03-01' }, 'from'],
    ['begin before there are events', { from: '1969-12-31', to: '1970-01-01' }, 'from'],
    ['end after there are events', { to: '2100-01-02' }, 'to'],
    ['end in a year that PostgreSQL would not know', { to: '0001-01-01' }, 'to'],
  ])('are refused where they %s', (_, question, field) => {
    expect(breachOf(question)).toEqual([{ field, reason: expect.any(String) }]);
  });
});
