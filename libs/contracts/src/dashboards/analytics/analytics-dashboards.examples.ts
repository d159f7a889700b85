import type { AssetMetrics } from './asset-metrics.dto.js';
import type { CreatorDashboard } from './creator-dashboard.dto.js';
import type { PlatformMetrics } from './platform-metrics.dto.js';

const AS_OF = '2026-01-30T09:15:00.120Z';
const NEWEST = '2026-01-30T09:14:57.004Z';

/** Answers that Swagger shows: their figures fit together. */
export const ASSET_METRICS_EXAMPLE: AssetMetrics = {
  assetId: 'asset-1',
  dateRange: { start: '2026-01-01', end: '2026-01-03' },
  range: { from: '2026-01-01', to: '2026-01-03', timeZone: 'UTC', isLastDayIncomplete: false },
  asOf: AS_OF,
  newestReceivedAt: '2026-01-03T22:10:31.552Z',
  currency: 'USD',
  metrics: {
    totalViews: 120,
    totalClicks: 18,
    totalConversions: 2,
    totalRevenueCents: 750_000,
    uniqueVisitors: 84,
    avgEngagementTime: 31.5,
    topReferrers: [
      { referrer: 'https://www.google.com/', count: 41 },
      { referrer: 'https://studio.example.com/gallery', count: 17 },
    ],
    dailyBreakdown: [
      { date: '2026-01-01', views: 50, clicks: 7, conversions: 1, revenueCents: 500_000 },
      { date: '2026-01-02', views: 0, clicks: 0, conversions: 0, revenueCents: 0 },
      { date: '2026-01-03', views: 70, clicks: 11, conversions: 1, revenueCents: 250_000 },
    ],
  },
  bots: { uniqueVisitors: 3 },
  leftOut: { invalidRevenues: 0 },
};

const TIMELINE = [0, 500_000, 0, 0, 250_000, 0, 125_000].map((revenueCents, index) => ({
  date: `2026-01-${24 + index}`,
  revenueCents,
}));
const THIS_WEEK = {
  range: { from: '2026-01-24', to: '2026-01-30', timeZone: 'UTC', isLastDayIncomplete: true },
  asOf: AS_OF,
  newestReceivedAt: NEWEST,
  currency: 'USD',
} as const;

export const CREATOR_DASHBOARD_EXAMPLE: CreatorDashboard = {
  creatorId: 'creator-1',
  period: '7d',
  ...THIS_WEEK,
  summary: {
    totalViews: 200,
    totalLicenses: 3,
    totalRevenueCents: 875_000,
    avgConversionRate: 1.5,
  },
  topAssets: [
    {
      assetId: 'asset-1',
      assetTitle: 'Morning in Lisbon',
      views: 120,
      licenses: 2,
      revenueCents: 750_000,
    },
    { assetId: 'asset-2', assetTitle: null, views: 80, licenses: 1, revenueCents: 125_000 },
  ],
  revenueTimeline: TIMELINE,
  trafficSources: [
    { source: 'google', visits: 90, conversions: 2 },
    { source: 'direct', visits: 52, conversions: 1 },
  ],
  bots: { visits: 4 },
  leftOut: { invalidRevenues: 0 },
};

export const PLATFORM_METRICS_EXAMPLE: PlatformMetrics = {
  period: '7d',
  ...THIS_WEEK,
  users: { total: 940, new: 31, active: 210 },
  creators: { total: 40, active: 7, avgRevenuePerCreator: 125_000 },
  brands: { total: 12, active: 5, avgSpendPerBrand: 150_000 },
  assets: { total: 400, uploaded: 9, avgViewsPerAsset: 2.5 },
  licenses: { total: 75, created: 3, renewalRate: 75 },
  revenue: { totalCents: 875_000, growth: 25, timeline: TIMELINE },
  bots: { visits: 22 },
  leftOut: { invalidRevenues: 1 },
};
