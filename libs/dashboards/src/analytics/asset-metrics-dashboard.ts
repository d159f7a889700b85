import type { AssetDayMetrics, AssetMetrics, AssetMetricsQuestion } from '#libs/contracts';
import { type Caller, Config } from '#libs/platform';
import { Injectable, NotFoundException } from '@nestjs/common';
import { CACHE_KEYS } from '../cache/cache-keys.js';
import { DashboardCache } from '../cache/dashboard-cache.js';
import { ownerOf } from '../owners.js';
import { masked } from '../personal-data.js';
import { type DayRange, viewOf } from '../ranges/day-range.js';
import { daysOf } from '../ranges/utc-days.js';
import { type AssetFacts, AssetMetricsRepository } from './asset-metrics.repository.js';
import { rangeOfMetrics } from './periods.js';
import { ratio } from './rates.js';

const KEPT_MS = 5 * 60_000;

/** What was done with an asset. */
@Injectable()
export class AssetMetricsDashboard {
  constructor(
    private readonly repository: AssetMetricsRepository,
    private readonly cache: DashboardCache,
    private readonly config: Config,
  ) {}

  /**
   * Who may see it is judged before the cache is asked, whose keys know nobody.
   *
   * @throws NotFoundException for an asset that nobody has heard of, and for another creator's.
   * @throws ContractBreachError for days that are none, or too many.
   */
  async metrics(
    assetId: string,
    question: AssetMetricsQuestion,
    caller: Caller,
    passBy = false,
    now: Date = new Date(),
  ): Promise<AssetMetrics> {
    const range = rangeOfMetrics(question, now);
    if (!(await this.repository.isKnown(assetId, ownerOf(caller, 'creator')))) {
      throw new NotFoundException('There is no such asset.');
    }
    const key = CACHE_KEYS.asset(assetId, range.from, range.to);
    return this.cache.through(key, KEPT_MS, passBy, async () => ({
      ...metricsOf(assetId, range, await this.repository.facts(assetId, range)),
      currency: this.config.PLATFORM_CURRENCY,
    }));
  }
}

function metricsOf(
  assetId: string,
  range: DayRange,
  facts: AssetFacts,
): Omit<AssetMetrics, 'currency'> {
  const { from, to } = range;
  const days = everyDay(range, facts.days);
  const total = (figure: Exclude<keyof AssetDayMetrics, 'date'>): number =>
    days.reduce((sum, day) => sum + day[figure], 0);
  return {
    assetId,
    dateRange: { start: from, end: to },
    range: viewOf(range),
    asOf: facts.asOf.toISOString(),
    newestReceivedAt: facts.newestReceivedAt?.toISOString() ?? null,
    metrics: {
      totalViews: total('views'),
      totalClicks: total('clicks'),
      totalConversions: total('conversions'),
      totalRevenueCents: total('revenueCents'),
      uniqueVisitors: facts.uniqueVisitors,
      avgEngagementTime: ratio(facts.engagementTime, total('views')),
      topReferrers: facts.referrers.map(({ referrer, count }) => ({
        referrer: String(masked(referrer)),
        count,
      })),
      dailyBreakdown: days,
    },
    bots: { uniqueVisitors: facts.uniqueBots },
    leftOut: { invalidRevenues: facts.invalidRevenues },
  };
}

function everyDay(range: DayRange, happened: readonly AssetDayMetrics[]): AssetDayMetrics[] {
  const byDate = new Map(happened.map((day) => [day.date, day]));
  return daysOf(range).map(
    (date) => byDate.get(date) ?? { date, views: 0, clicks: 0, conversions: 0, revenueCents: 0 },
  );
}
