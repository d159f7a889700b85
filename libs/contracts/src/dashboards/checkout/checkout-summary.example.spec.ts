import { describe, expect, it } from '@jest/globals';
import { CHECKOUT_SUMMARY_EXAMPLE } from './checkout-summary.example.js';

describe('the example of a checkout summary', () => {
  const { events, eventsByName, sessions, conversions, conversionRate } = CHECKOUT_SUMMARY_EXAMPLE;

  it('adds up', () => {
    expect(eventsByName.reduce((sum, { count }) => sum + count, 0)).toBe(events);
    expect(conversionRate).toBeCloseTo((conversions / sessions) * 100, 2);
  });

  it('has no more sessions with a name than sessions at all', () => {
    for (const each of eventsByName) {
      expect(each.sessions).toBeLessThanOrEqual(sessions);
    }
  });
});
