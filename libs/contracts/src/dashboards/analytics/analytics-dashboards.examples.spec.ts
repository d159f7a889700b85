import { describe, expect, it } from '@jest/globals';
import {
  ASSET_METRICS_EXAMPLE,
  CREATOR_DASHBOARD_EXAMPLE,
  PLATFORM_METRICS_EXAMPLE,
} from './analytics-dashboards.examples.js';

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** How many days there are from the first to the last, both included. */
const daysOf = ({ from, to }: { from: string; to: string }): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;

describe('the example of an asset’s metrics', () => {
  const { metrics, dateRange, range, bots } = ASSET_METRICS_EXAMPLE;
  const days = metrics.dailyBreakdown;

  it('adds up', () => {
    expect(sum(days.map(({ views }) => views))).toBe(metrics.totalViews);
    expect(sum(days.map(({ clicks }) => clicks))).toBe(metrics.totalClicks);
    expect(sum(days.map(({ conversions }) => conversions))).toBe(metrics.totalConversions);
    expect(sum(days.map(({ revenueCents }) => revenueCents))).toBe(metrics.totalRevenueCents);
  });

  it('has each day of its range', () => {
    expect(days).toHaveLength(daysOf(range));
    expect(days.map(({ date }) => date)).toEqual(days.map(({ date }) => date).toSorted());
    expect(dateRange).toEqual({ start: range.from, end: range.to });
  });

  it('has no more bots than visitors, or referrers than sessions', () => {
    expect(bots.uniqueVisitors).toBeLessThanOrEqual(metrics.uniqueVisitors);
    expect(sum(metrics.topReferrers.map(({ count }) => count))).toBeLessThanOrEqual(
      metrics.totalViews,
    );
  });
});

describe('the example of a creator’s dashboard', () => {
  const { summary, topAssets, revenueTimeline, trafficSources, range } = CREATOR_DASHBOARD_EXAMPLE;

  it('adds up', () => {
    expect(sum(topAssets.map(({ views }) => views))).toBe(summary.totalViews);
    expect(sum(topAssets.map(({ licenses }) => licenses))).toBe(summary.totalLicenses);
    expect(sum(topAssets.map(({ revenueCents }) => revenueCents))).toBe(summary.totalRevenueCents);
    expect(sum(revenueTimeline.map((day) => day.revenueCents))).toBe(summary.totalRevenueCents);
    expect(sum(trafficSources.map((each) => each.conversions))).toBe(summary.totalLicenses);
    expect(summary.avgConversionRate).toBe((summary.totalLicenses / summary.totalViews) * 100);
  });

  it('has each day of its range', () => {
    expect(revenueTimeline).toHaveLength(daysOf(range));
  });
});

describe('the example of the platform’s metrics', () => {
  const { users, creators, brands, assets, revenue, range } = PLATFORM_METRICS_EXAMPLE;

  it('adds up', () => {
    expect(sum(revenue.timeline.map((day) => day.revenueCents))).toBe(revenue.totalCents);
    expect(creators.avgRevenuePerCreator).toBe(revenue.totalCents / creators.active);
    expect(brands.avgSpendPerBrand * brands.active).toBeLessThanOrEqual(revenue.totalCents);
    expect(assets.avgViewsPerAsset * assets.total).toBe(1000);
  });

  it('has each day of its range, and nobody active who is not there', () => {
    expect(revenue.timeline).toHaveLength(daysOf(range));
    for (const { active, total } of [users, creators, brands]) {
      expect(active).toBeLessThanOrEqual(total);
    }
  });
});
