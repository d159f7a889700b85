import { describe, expect, it } from '@jest/globals';
import type { CockpitFigures } from './cockpit-flow.dto.js';
import {
  COCKPIT_STEPS_EXAMPLE,
  CREATION_FLOW_EXAMPLE,
  PAGE_VIEWS_EXAMPLE,
  PURCHASE_FLOW_EXAMPLE,
} from './tracking.examples.js';

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

describe.each([
  ['creation', CREATION_FLOW_EXAMPLE],
  ['purchase', PURCHASE_FLOW_EXAMPLE],
])('the example of a %s flow', (_, example) => {
  const { total, flows, days, products, sessionsWithoutProduct } = example;

  it('adds up over flows, days and products', () => {
    expect(sum(flows.map(({ sessions }) => sessions))).toBe(total.sessions);
    expect(sum(flows.map(({ conversions }) => conversions))).toBe(total.conversions);
    expect(sum(days.map(({ sessions }) => sessions))).toBe(total.sessions);
    expect(sum(days.map(({ conversions }) => conversions))).toBe(total.conversions);
    expect(sum(products.map(({ sessions }) => sessions)) + sessionsWithoutProduct).toBe(
      total.sessions,
    );
  });

  it('loses sessions from stage to stage, and never finds any', () => {
    for (const { stages, sessions } of [total, ...flows, ...products] as CockpitFigures[]) {
      stages.forEach(({ sessionsInOrder, dropOff }, index) => {
        const before = stages[index - 1]?.sessionsInOrder ?? sessions;
        expect(sessionsInOrder + dropOff).toBe(before);
      });
    }
  });
});

describe('the example of cockpit steps', () => {
  it('adds up', () => {
    const { views, steps, otherViews } = COCKPIT_STEPS_EXAMPLE;

    expect(sum(steps.map((step) => step.views)) + otherViews).toBe(views);
  });
});

describe('the example of page views', () => {
  const { total, days, paths, matching } = PAGE_VIEWS_EXAMPLE;

  it('adds up where it may', () => {
    expect(sum(days.map(({ views }) => views))).toBe(total.views);
    expect(sum(paths.map(({ views }) => views))).toBe(matching.views);
    expect(paths).toHaveLength(matching.paths);
  });

  it('has no more visitors of all days than the days have together, and no fewer than one has', () => {
    for (const figure of ['visitors', 'sessions'] as const) {
      const ofDays = days.map((day) => day[figure]);
      expect(total[figure]).toBeLessThanOrEqual(sum(ofDays));
      expect(total[figure]).toBeGreaterThanOrEqual(Math.max(...ofDays));
    }
  });
});
