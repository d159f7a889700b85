import { describe, expect, it } from '@jest/globals';
import {
  ABANDONED_CHECKOUTS_EXAMPLE,
  CHECKOUT_ERRORS_EXAMPLE,
  CHECKOUT_FUNNEL_EXAMPLE,
  CHECKOUT_PAYMENT_METHODS_EXAMPLE,
  CHECKOUT_STEPS_EXAMPLE,
  CHECKOUT_TIMELINE_EXAMPLE,
  PERSONAL_DATA_ACCESSES_EXAMPLE,
} from './checkout-dashboards.examples.js';

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;

describe('the examples of the checkout dashboards add up:', () => {
  const { total, groups, previousRange, range } = CHECKOUT_FUNNEL_EXAMPLE;

  it('each step of the funnel loses what the next one lacks', () => {
    for (const { steps, sessions, conversions, conversionRate } of [total, ...groups]) {
      expect(steps[0]!.sessions).toBe(sessions);
      expect(steps.at(-1)!.sessions).toBe(conversions);
      expect(conversionRate).toBe(percent(conversions, sessions));
      expect(sum(steps.map(({ dropOff }) => dropOff))).toBe(sessions - conversions);
    }
  });

  it('each step of the funnel differs from its previous period by the difference', () => {
    for (const { sessions, previousPeriod } of total.steps) {
      expect(sessions - previousPeriod!.sessions).toBe(previousPeriod!.difference);
    }
    expect(Date.parse(range.from) - Date.parse(previousRange!.to)).toBe(86_400_000);
  });

  it('groups are the whole', () => {
    total.steps.forEach(({ sessions, previousPeriod }, index) => {
      expect(sum(groups.map(({ steps }) => steps[index]!.sessions))).toBe(sessions);
      expect(sum(groups.map(({ steps }) => steps[index]!.previousPeriod!.sessions))).toBe(
        previousPeriod!.sessions,
      );
    });
  });

  it('steps are those of the funnel', () => {
    const { sessions, steps } = CHECKOUT_STEPS_EXAMPLE;

    for (const { started, completed, withErrors, completionRate, errorRate } of steps) {
      expect(completionRate).toBe(percent(completed, started));
      expect(errorRate).toBe(percent(withErrors, sessions));
    }
    expect(steps.map(({ started }) => started)).toEqual(
      [1, 3, 5].map((index) => total.steps[index]!.sessions),
    );
  });

  it('buckets are the whole', () => {
    const { buckets, sessions, conversions, conversionRate } = CHECKOUT_TIMELINE_EXAMPLE;

    expect(sum(buckets.map((each) => each.sessions))).toBe(sessions);
    expect(sum(buckets.map((each) => each.conversions))).toBe(conversions);
    expect(conversionRate).toBe(percent(conversions, sessions));
  });

  it('methods are all sessions, and the paid some of the generated', () => {
    const { methods, orders } = CHECKOUT_PAYMENT_METHODS_EXAMPLE;

    expect(sum(methods.map(({ sessions }) => sessions))).toBe(total.sessions);
    expect(sum(methods.map(({ generated }) => generated))).toBe(total.conversions);
    for (const { paid, generated, paidRate } of methods) {
      expect(paid).toBeLessThanOrEqual(generated);
      expect(paidRate).toBe(percent(paid, generated));
    }
    expect(sum(methods.map(({ paid }) => paid))).toBe(orders!.completed - orders!.withoutSession);
  });

  it('errors of the days are the whole, and no more sessions than those of the kinds', () => {
    const { total: all, days, kinds } = CHECKOUT_ERRORS_EXAMPLE;

    for (const name of ['events', 'sessions', 'recovered'] as const) {
      expect(sum(days.map((day) => day[name]))).toBe(all[name]);
    }
    expect(sum(kinds.map(({ events }) => events))).toBe(all.events);
    expect(sum(kinds.map(({ sessions }) => sessions))).toBeGreaterThanOrEqual(all.sessions);
    for (const { recovered, sessions, recoveryRate } of [all, ...days, ...kinds]) {
      expect(recoveryRate).toBe(percent(recovered, sessions));
    }
  });

  it('what was read is what is noted', () => {
    expect(PERSONAL_DATA_ACCESSES_EXAMPLE.items[0]).toMatchObject({
      items: ABANDONED_CHECKOUTS_EXAMPLE.items.length,
      question: ABANDONED_CHECKOUTS_EXAMPLE.filters,
    });
  });
});
