import type { AnalyticsAdded, AnalyticsEventDto } from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import { GOOGLEBOT } from './analytics-event.js';

/** What is known beside the events. */
export interface NaiveCatalogue {
  /** Asset → creator, as an administrator said. */
  readonly owners: ReadonlyMap<string, string>;
  /** Licence → asset, said after the events were stored. */
  readonly lateLicenses: ReadonlyMap<string, string>;
}

/** An analytics event with all that decides where it counts. */
interface Fact {
  readonly type: string;
  readonly at: number;
  readonly day: string;
  readonly receivedAt: number;
  readonly id: string;
  readonly asset: string | null;
  readonly license: string | null;
  readonly project: string | null;
  readonly user: string | null;
  readonly creator: string | null;
  readonly brand: string | null;
  readonly actor: string | null;
  readonly role: string | null;
  readonly session: string | null;
  readonly source: string | null;
  readonly referrer: string | null;
  readonly isBot: boolean;
  readonly isTrusted: boolean;
  readonly revenue: number | null;
  readonly hasInvalidRevenue: boolean;
  readonly engagement: number;
}

const DAY_MS = 86_400_000;

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function factOf(record: AcceptedEvent): Fact {
  const event = record.event as AnalyticsEventDto;
  const added = record.added as AnalyticsAdded;
  const props = event.props ?? {};
  const about = (type: string, prop: string): string | null =>
    event.entityType === type
      ? (event.entityId ?? null)
      : ((props[prop] as string | undefined) ?? null);
  const { revenueCents, engagementTime } = props;
  const revenue = Number.isSafeInteger(revenueCents) ? (revenueCents as number) : null;
  const at = Date.parse(event.occurredAt!);
  return {
    type: event.eventType,
    at,
    day: dayOf(at),
    receivedAt: record.receipt.receivedAt,
    id: added.eventId,
    asset: about('asset', 'assetId'),
    license: about('license', 'licenseId'),
    project: about('project', 'projectId'),
    user: about('user', 'userId') ?? added.actorId,
    creator: about('creator', 'creatorId'),
    brand: about('brand', 'brandId'),
    actor: added.actorId,
    role: added.actorType,
    session: event.sessionId ?? null,
    source: event.attribution?.utmSource ?? null,
    referrer: event.attribution?.referrer?.split('?')[0] ?? null,
    isBot: added.trust !== 'key' && record.receipt.userAgent === GOOGLEBOT,
    isTrusted: added.trust === 'key',
    revenue,
    hasInvalidRevenue: revenueCents !== undefined && revenueCents !== null && revenue === null,
    engagement: typeof engagementTime === 'number' && engagementTime >= 0 ? engagementTime : 0,
  };
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
const distinct = (values: readonly (string | null)[]): number =>
  new Set(values.filter((value) => value !== null)).size;
/** JSON knows no -0. */
const rounded = (value: number): number => Math.round(value * 100) / 100 + 0;
const divided = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

function groupedBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[][] {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  }
  return [...groups.values()];
}

/** The first that was said; of several at once the least. */
function firstSaid(facts: readonly Fact[], field: 'source' | 'referrer'): string | null {
  const said = facts
    .filter((fact) => fact[field] !== null)
    .toSorted((a, b) => a.at - b.at || (a[field]! < b[field]! ? -1 : 1));
  return said[0]?.[field] ?? null;
}

const visitorOf = ({ actor, session }: Fact): string | null => actor ?? session;
const isOf =
  (...types: readonly string[]) =>
  (fact: Fact): boolean =>
    types.includes(fact.type);
const isView = isOf('asset_viewed');
const isClick = isOf('asset_downloaded', 'license_clicked');
const isLicense = isOf('license_created');
const revenueOf = (facts: readonly Fact[]): number => sum(facts.map(({ revenue }) => revenue ?? 0));
const invalidRevenues = (facts: readonly Fact[]): number =>
  facts.filter(({ hasInvalidRevenue }) => hasInvalidRevenue).length;

/** Every figure counted anew from all events, as the contract says it. */
export class NaiveAnalytics {
  private readonly facts: readonly Fact[];
  /** Asset → creator, as an administrator or, first, a server said. */
  private readonly owners: ReadonlyMap<string, string>;

  constructor(
    records: readonly AcceptedEvent[],
    private readonly catalogue: NaiveCatalogue,
  ) {
    const byId = new Map<string, Fact>();
    for (const fact of records.map(factOf)) if (!byId.has(fact.id)) byId.set(fact.id, fact);
    this.facts = [...byId.values()];
    const said = this.facts
      .filter(({ isTrusted, asset }) => isTrusted && asset !== null)
      .map((fact) => ({ ...fact, creator: this.announcedCreator(fact) }))
      .filter(({ creator }) => creator !== null)
      .toSorted((a, b) => b.at - a.at || (a.creator! < b.creator! ? 1 : -1));
    this.owners = new Map([
      ...said.map(({ asset, creator }) => [asset!, creator!] as const),
      ...catalogue.owners,
    ]);
  }

  private announcedCreator({ creator, type, actor }: Fact): string | null {
    return creator ?? (type === 'asset_uploaded' ? actor : null);
  }

  /** Figures go to the asset of the licence, whenever it became known. */
  private assetOf({ asset, license }: Fact): string | null {
    return asset ?? this.catalogue.lateLicenses.get(license ?? '') ?? null;
  }

  private between(from: string, to: string): Fact[] {
    return this.facts.filter(({ day }) => day >= from && day <= to);
  }

  /** The rows of `daily_metrics`. */
  daily(): object[] {
    const own = this.facts.filter(({ asset, project, license }) => asset ?? project ?? license);
    const groups = groupedBy(own, ({ day, asset, project, license }) =>
      JSON.stringify([day, project, asset, license]),
    );
    return groups.map((facts) => ({
      date: facts[0]!.day,
      project_id: facts[0]!.project,
      ip_asset_id: facts[0]!.asset,
      license_id: facts[0]!.license,
      views: facts.filter(isView).length,
      clicks: facts.filter(isClick).length,
      conversions: facts.filter(isLicense).length,
      revenue_cents: revenueOf(facts),
      unique_visitors: distinct(facts.map(visitorOf)),
      engagement_time: sum(facts.map(({ engagement }) => engagement)),
    }));
  }

  asset(assetId: string, from: string, to: string): Record<string, unknown> {
    const facts = this.between(from, to).filter((fact) => this.assetOf(fact) === assetId);
    const here = facts.filter(({ asset }) => asset === assetId);
    const visits = groupedBy(here, (fact) =>
      fact.session === null ? `none ${fact.day} ${visitorOf(fact)}` : `in ${fact.session}`,
    );
    const views = facts.filter(isView).length;
    return {
      totalViews: views,
      totalClicks: facts.filter(isClick).length,
      totalConversions: facts.filter(isLicense).length,
      totalRevenueCents: revenueOf(facts),
      uniqueVisitors: distinct(here.map(visitorOf)),
      avgEngagementTime: rounded(divided(sum(facts.map(({ engagement }) => engagement)), views)),
      topReferrers: ranked(visits.map((visit) => firstSaid(visit, 'referrer'))),
      dailyBreakdown: daysFromTo(from, to).map((date) => {
        const ofDay = facts.filter(({ day }) => day === date);
        return {
          date,
          views: ofDay.filter(isView).length,
          clicks: ofDay.filter(isClick).length,
          conversions: ofDay.filter(isLicense).length,
          revenueCents: revenueOf(ofDay),
        };
      }),
      bots: distinct(here.filter(({ isBot }) => isBot).map(visitorOf)),
      invalidRevenues: invalidRevenues(here),
    };
  }

  creator(creatorId: string, from: string, to: string): Record<string, unknown> {
    const isOwn = (asset: string | null) => this.owners.get(asset ?? '') === creatorId;
    const facts = this.between(from, to).filter((fact) => isOwn(this.assetOf(fact)));
    const here = facts.filter(({ asset }) => isOwn(asset));
    const views = facts.filter(isView).length;
    const licenses = facts.filter(isLicense).length;
    const sessions = groupedBy(
      here.filter(({ session }) => session !== null),
      ({ session }) => session!,
    );
    const others = groupedBy(
      here.filter(({ session }) => session === null),
      (fact) => JSON.stringify([fact.asset, fact.day, visitorOf(fact)]),
    ).filter((visit) => visit.some(isLicense));
    const sourceOf = (visit: readonly Fact[]) => firstSaid(visit, 'source') ?? 'direct';
    const sources = groupedBy(
      [
        ...sessions.map((visit) => ({ source: sourceOf(visit), visits: 1, visit })),
        ...others.map((visit) => ({ source: sourceOf(visit), visits: 0, visit })),
      ],
      ({ source }) => source,
    );
    return {
      summary: {
        totalViews: views,
        totalLicenses: licenses,
        totalRevenueCents: revenueOf(facts),
        avgConversionRate: rounded(divided(licenses * 100, views)),
      },
      topAssets: groupedBy(facts, (fact) => this.assetOf(fact)!)
        .map((ofAsset) => ({
          assetId: this.assetOf(ofAsset[0]!)!,
          views: ofAsset.filter(isView).length,
          licenses: ofAsset.filter(isLicense).length,
          revenueCents: revenueOf(ofAsset),
        }))
        .toSorted(
          (a, b) =>
            b.revenueCents - a.revenueCents ||
            b.views - a.views ||
            (a.assetId < b.assetId ? -1 : 1),
        ),
      revenueTimeline: daysFromTo(from, to).map((date) => ({
        date,
        revenueCents: revenueOf(facts.filter(({ day }) => day === date)),
      })),
      trafficSources: sources
        .map((all) => ({
          source: all[0]!.source,
          visits: sum(all.map(({ visits }) => visits)),
          conversions: sum(all.map(({ visit }) => visit.filter(isLicense).length)),
        }))
        .toSorted(
          (a, b) =>
            b.visits - a.visits || b.conversions - a.conversions || (a.source < b.source ? -1 : 1),
        ),
      bots: sessions.filter((visit) => visit.some(({ isBot }) => isBot)).length,
      invalidRevenues: invalidRevenues(here),
    };
  }

  platform(from: string, to: string): object {
    const all = this.facts;
    const facts = this.between(from, to);
    const count = (type: string) => facts.filter(isOf(type)).length;
    const creatorsOf = (some: readonly Fact[]) =>
      some.flatMap(({ creator, role, actor }) => [creator, role === 'creator' ? actor : null]);
    const brandsOf = (some: readonly Fact[]) =>
      some.flatMap(({ brand, role, actor }) => [brand, role === 'brand' ? actor : null]);
    const activeCreators = distinct([
      ...creatorsOf(facts),
      ...facts.map(({ asset }) => this.owners.get(asset ?? '') ?? null),
    ]);
    const activeBrands = distinct(brandsOf(facts));
    const assets = distinct([...all.map(({ asset }) => asset), ...this.catalogue.owners.keys()]);
    const views = facts
      .filter(isView)
      .filter(({ asset, project, license }) => asset ?? project ?? license);
    const renewed = count('license_renewed');
    const ended = renewed + count('license_expired') + count('license_terminated');
    const revenue = revenueOf(facts);
    const days = daysFromTo(from, to);
    const before = dayOf(Date.parse(from) - DAY_MS);
    const previous = revenueOf(
      this.between(dayOf(Date.parse(from) - days.length * DAY_MS), before),
    );
    const botVisits = facts.filter(({ isBot, asset }) => isBot && asset !== null);
    return {
      users: {
        total: distinct(all.map(({ user }) => user)),
        new: count('user_signed_up'),
        active: distinct(facts.map(({ user }) => user)),
      },
      creators: {
        total: distinct([...creatorsOf(all), ...all.map((fact) => this.announcedCreator(fact))]),
        active: activeCreators,
        avgRevenuePerCreator: Math.round(divided(revenue, activeCreators)),
      },
      brands: {
        total: distinct(brandsOf(all)),
        active: activeBrands,
        avgSpendPerBrand: Math.round(
          divided(revenueOf(facts.filter(({ brand }) => brand !== null)), activeBrands),
        ),
      },
      assets: {
        total: assets,
        uploaded: count('asset_uploaded'),
        avgViewsPerAsset: rounded(divided(views.length, assets)),
      },
      licenses: {
        total: distinct([
          ...all.map(({ license }) => license),
          ...this.catalogue.lateLicenses.keys(),
        ]),
        created: count('license_created'),
        renewalRate: rounded(divided(renewed, ended) * 100),
      },
      revenue: {
        totalCents: revenue,
        growth: rounded(divided(revenue - previous, previous) * 100),
        timeline: days.map((date) => ({
          date,
          revenueCents: revenueOf(facts.filter(({ day }) => day === date)),
        })),
      },
      bots: distinct(
        botVisits.map((fact) =>
          JSON.stringify([fact.asset, fact.day, fact.session, visitorOf(fact)]),
        ),
      ),
      invalidRevenues: invalidRevenues(facts),
      newestReceivedAt:
        facts.length === 0 ? null : Math.max(...facts.map(({ receivedAt }) => receivedAt)),
    };
  }
}

/** The most frequent first, and of equals the least. */
function ranked(values: readonly (string | null)[]): { referrer: string; count: number }[] {
  const named = values.filter((value) => value !== null);
  return groupedBy(named, (value) => value)
    .map((all) => ({ referrer: all[0]!, count: all.length }))
    .toSorted((a, b) => b.count - a.count || (a.referrer < b.referrer ? -1 : 1));
}

function daysFromTo(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) days.push(dayOf(at));
  return days;
}
