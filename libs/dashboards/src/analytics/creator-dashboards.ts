import type { CreatorDashboard, CreatorPeriod } from '#libs/contracts';
import { type Caller, Config } from '#libs/platform';
import { Injectable, NotFoundException } from '@nestjs/common';
import { CACHE_KEYS } from '../cache/cache-keys.js';
import { DashboardCache } from '../cache/dashboard-cache.js';
import { onlyOwn, ownerOf } from '../owners.js';
import { masked } from '../personal-data.js';
import { type DayRange, viewOf } from '../ranges/day-range.js';
import { type CreatorFacts, CreatorDashboardRepository } from './creator-dashboard.repository.js';
import { rangeOfPeriod } from './periods.js';
import { ratio } from './rates.js';
import { revenueTimeline } from './revenue-timeline.js';

const KEPT_MS = 10 * 60_000;

/** How a creator's assets get on. */
@Injectable()
export class CreatorDashboards {
  constructor(
    private readonly repository: CreatorDashboardRepository,
    private readonly cache: DashboardCache,
    private readonly config: Config,
  ) {}

  /**
   * Who may see it is judged before the cache is asked, whose keys know nobody.
   *
   * @throws NotFoundException for a creator that nobody has heard of, and for another one than the
   * caller is. Its own dashboard it sees from its first day on.
   */
  async ofCreator(
    creatorId: string,
    period: CreatorPeriod,
    caller: Caller,
    passBy = false,
    now: Date = new Date(),
  ): Promise<CreatorDashboard> {
    onlyOwn(caller, 'creator', creatorId);
    const isOwn = ownerOf(caller, 'creator') !== null;
    if (!isOwn && !(await this.repository.isKnown(creatorId))) {
      throw new NotFoundException('There is no such creator.');
    }
    return this.cache.through(CACHE_KEYS.creator(creatorId, period), KEPT_MS, passBy, async () => {
      const range = rangeOfPeriod(period, now);
      const facts = await this.repository.facts(creatorId, range);
      const currency = this.config.PLATFORM_CURRENCY;
      return { ...dashboardOf(creatorId, period, range, facts), currency };
    });
  }
}

function dashboardOf(
  creatorId: string,
  period: CreatorPeriod,
  asked: DayRange,
  facts: CreatorFacts,
): Omit<CreatorDashboard, 'currency'> {
  const { totalViews, totalLicenses, totalRevenueCents } = facts;
  // `all` is told from the first day on which there is something to tell.
  const range = period === 'all' ? { ...asked, from: facts.days[0]?.date ?? asked.to } : asked;
  return {
    creatorId,
    period,
    range: viewOf(range),
    asOf: facts.asOf.toISOString(),
    newestReceivedAt: facts.newestReceivedAt?.toISOString() ?? null,
    summary: {
      totalViews,
      totalLicenses,
      totalRevenueCents,
      avgConversionRate: ratio(totalLicenses * 100, totalViews),
    },
    topAssets: facts.topAssets,
    revenueTimeline: revenueTimeline(range, facts.days),
    trafficSources: facts.sources.map((each) => ({
      ...each,
      source: String(masked(each.source)),
    })),
    bots: { visits: facts.botVisits },
    leftOut: { invalidRevenues: facts.invalidRevenues },
  };
}
