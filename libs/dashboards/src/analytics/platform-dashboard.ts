import type { PlatformMetrics, PlatformPeriod } from '#libs/contracts';
import { Config } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { CACHE_KEYS } from '../cache/cache-keys.js';
import { DashboardCache } from '../cache/dashboard-cache.js';
import { percentage } from '../percentage.js';
import { type DayRange, viewOf } from '../ranges/day-range.js';
import { firstOfPrevious, rangeOfPeriod } from './periods.js';
import { type PlatformFacts, PlatformMetricsRepository } from './platform-metrics.repository.js';
import { ratio, share } from './rates.js';
import { revenueTimeline } from './revenue-timeline.js';

const KEPT_MS = 60 * 60_000;

/** How the whole platform gets on. */
@Injectable()
export class PlatformDashboard {
  constructor(
    private readonly repository: PlatformMetricsRepository,
    private readonly cache: DashboardCache,
    private readonly config: Config,
  ) {}

  metrics(
    period: PlatformPeriod,
    passBy = false,
    now: Date = new Date(),
  ): Promise<PlatformMetrics> {
    return this.cache.through(CACHE_KEYS.platform(period), KEPT_MS, passBy, async () => {
      const range = rangeOfPeriod(period, now);
      const facts = await this.repository.facts(range, firstOfPrevious(range));
      const currency = this.config.PLATFORM_CURRENCY;
      return { ...metricsOf(period, range, facts), currency };
    });
  }
}

function metricsOf(
  period: PlatformPeriod,
  range: DayRange,
  facts: PlatformFacts,
): Omit<PlatformMetrics, 'currency'> {
  const { revenueCents, previousRevenueCents, licensesRenewed } = facts;
  const ended = licensesRenewed + facts.licensesExpired + facts.licensesTerminated;
  return {
    period,
    range: viewOf(range),
    asOf: facts.asOf.toISOString(),
    newestReceivedAt: facts.newestReceivedAt?.toISOString() ?? null,
    users: { total: facts.users, new: facts.signUps, active: facts.activeUsers },
    creators: {
      total: facts.creators,
      active: facts.activeCreators,
      avgRevenuePerCreator: share(revenueCents, facts.activeCreators),
    },
    brands: {
      total: facts.brands,
      active: facts.activeBrands,
      avgSpendPerBrand: share(facts.brandRevenueCents, facts.activeBrands),
    },
    assets: {
      total: facts.assets,
      uploaded: facts.uploads,
      avgViewsPerAsset: ratio(facts.views, facts.assets),
    },
    licenses: {
      total: facts.licenses,
      created: facts.licensesCreated,
      renewalRate: percentage(licensesRenewed, ended),
    },
    revenue: {
      totalCents: revenueCents,
      growth: percentage(revenueCents - previousRevenueCents, previousRevenueCents),
      timeline: revenueTimeline(range, facts.days),
    },
    bots: { visits: facts.botVisits },
    leftOut: { invalidRevenues: facts.invalidRevenues },
  };
}
