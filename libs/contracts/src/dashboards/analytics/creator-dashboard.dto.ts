import {
  AnswerAmount,
  AnswerCount,
  AnswerDay,
  AnswerList,
  AnswerNumber,
  AnswerPart,
  AnswerText,
  AnswerValue,
} from '../../answer-fields.js';
import { CatalogueField } from '../../fields.js';
import { AnalyticsAnswer } from './analytics-answer.dto.js';
import { AnalyticsLeftOut } from './analytics-remarks.dto.js';
import { CREATOR_PERIODS, type CreatorPeriod, PERIOD_BY_DEFAULT } from './periods.catalogue.js';

/** The days of a creator's dashboard. */
export class CreatorDashboardQuestion {
  @CatalogueField({
    description: 'So many UTC days up to today, itself included; `all` from the first event on.',
    name: 'CreatorPeriod',
    values: CREATOR_PERIODS,
    default: PERIOD_BY_DEFAULT,
    optional: true,
  })
  readonly period: CreatorPeriod = PERIOD_BY_DEFAULT;
}

export class RevenueOfDay {
  @AnswerDay({ description: 'The day, in UTC.', example: '2026-01-30' })
  readonly date: string;

  @AnswerAmount({ description: 'Its revenue, in the currency of the platform.', example: 5000 })
  readonly revenueCents: number;
}

export class CreatorSummary {
  @AnswerCount({ description: 'Events `asset_viewed` of the creator’s assets.' })
  readonly totalViews: number;

  @AnswerCount({ description: 'Events `license_created` of the creator’s assets.' })
  readonly totalLicenses: number;

  @AnswerAmount({ description: 'The sum of `props.revenueCents` of the creator’s assets.' })
  readonly totalRevenueCents: number;

  @AnswerNumber({
    description:
      'Licences for a hundred views, of the sums and not of single assets; to two decimals, 0 ' +
      'where there is no view.',
  })
  readonly avgConversionRate: number;
}

export class TopAsset {
  @AnswerText({ description: 'The asset.', example: 'asset-1' })
  readonly assetId: string;

  @AnswerText({
    description: 'Its title in the catalogue; null where nobody said one.',
    nullable: true,
    example: 'Morning in Lisbon',
  })
  readonly assetTitle: string | null;

  @AnswerCount({ description: 'Events `asset_viewed`.' })
  readonly views: number;

  @AnswerCount({ description: 'Events `license_created`.' })
  readonly licenses: number;

  @AnswerAmount({ description: 'The sum of `props.revenueCents`.' })
  readonly revenueCents: number;
}

export class TrafficSource {
  @AnswerText({
    description:
      'The first `utmSource` that a session named at the creator’s assets in these days, else ' +
      '`direct`; personal data is masked.',
    example: 'google',
  })
  readonly source: string;

  @AnswerCount({ description: 'Distinct sessions at the creator’s assets: each in one source.' })
  readonly visits: number;

  @AnswerCount({
    description:
      'Licences created in these sessions. Those of no session count for the source that their ' +
      'visitor named at the asset on that day; those whose asset became known later, for none.',
  })
  readonly conversions: number;
}

export class CreatorBots {
  @AnswerCount({
    description: 'Sessions at the assets that some user agent betrays as a program.',
    example: 1,
  })
  readonly visits: number;
}

/** How a creator's assets get on. */
export class CreatorDashboard extends AnalyticsAnswer {
  @AnswerText({ description: 'The creator.', example: 'creator-1' })
  readonly creatorId: string;

  @AnswerValue({
    description: 'The period of the question.',
    name: 'CreatorPeriod',
    values: CREATOR_PERIODS,
    example: '30d',
  })
  readonly period: CreatorPeriod;

  @AnswerPart(CreatorSummary, 'Of all assets of the creator.')
  readonly summary: CreatorSummary;

  @AnswerList(TopAsset, 'At most ten with events in these days, those with most revenue first.')
  readonly topAssets: readonly TopAsset[];

  @AnswerList(RevenueOfDay, 'Each day, the first one first; also those without revenue.')
  readonly revenueTimeline: readonly RevenueOfDay[];

  @AnswerList(TrafficSource, 'At most ten, those with most visits first.')
  readonly trafficSources: readonly TrafficSource[];

  @AnswerPart(CreatorBots, 'How much of the figures is of programs: flagged, and counted.')
  readonly bots: CreatorBots;

  @AnswerPart(AnalyticsLeftOut, 'What the figures leave out.')
  readonly leftOut: AnalyticsLeftOut;
}
