import {
  AnswerAmount,
  AnswerCount,
  AnswerList,
  AnswerNumber,
  AnswerPart,
  AnswerPercentage,
  AnswerValue,
} from '../../answer-fields.js';
import { CatalogueField } from '../../fields.js';
import { AnalyticsAnswer } from './analytics-answer.dto.js';
import { AnalyticsLeftOut } from './analytics-remarks.dto.js';
import { RevenueOfDay } from './creator-dashboard.dto.js';
import { PERIOD_BY_DEFAULT, PLATFORM_PERIODS, type PlatformPeriod } from './periods.catalogue.js';

/** The days of the platform's metrics. */
export class PlatformMetricsQuestion {
  @CatalogueField({
    description: 'So many UTC days up to today, itself included.',
    name: 'PlatformPeriod',
    values: PLATFORM_PERIODS,
    default: PERIOD_BY_DEFAULT,
    optional: true,
  })
  readonly period: PlatformPeriod = PERIOD_BY_DEFAULT;
}

export class PlatformUsers {
  @AnswerCount({ description: 'Users in the catalogue: whoever an event named.' })
  readonly total: number;

  @AnswerCount({ description: 'Events `user_signed_up`.' })
  readonly new: number;

  @AnswerCount({ description: 'Distinct users with an event in these days.' })
  readonly active: number;
}

export class PlatformCreators {
  @AnswerCount({ description: 'Creators in the catalogue, or with an event of their own.' })
  readonly total: number;

  @AnswerCount({
    description:
      'Distinct creators who acted in these days, were named by an event, or had one on an asset ' +
      'that a server or an administrator calls theirs.',
  })
  readonly active: number;

  @AnswerAmount({ description: 'Revenue for each active creator, in whole cents; 0 for none.' })
  readonly avgRevenuePerCreator: number;
}

export class PlatformBrands {
  @AnswerCount({ description: 'Brands in the catalogue, or with an event of their own.' })
  readonly total: number;

  @AnswerCount({ description: 'Distinct brands that acted in these days or were named.' })
  readonly active: number;

  @AnswerAmount({
    description: 'Revenue of events that name a brand, for each active brand, in whole cents.',
  })
  readonly avgSpendPerBrand: number;
}

export class PlatformAssets {
  @AnswerCount({ description: 'Assets in the catalogue, or with an event.' })
  readonly total: number;

  @AnswerCount({ description: 'Events `asset_uploaded`.' })
  readonly uploaded: number;

  @AnswerNumber({ description: 'Views of these days for each asset there is; to two decimals.' })
  readonly avgViewsPerAsset: number;
}

export class PlatformLicenses {
  @AnswerCount({ description: 'Licences in the catalogue, or with an event.' })
  readonly total: number;

  @AnswerCount({ description: 'Events `license_created`.' })
  readonly created: number;

  @AnswerPercentage({
    description:
      'Events `license_renewed` in a hundred of `license_renewed`, `license_expired` and ' +
      '`license_terminated`; to two decimals.',
  })
  readonly renewalRate: number;
}

export class PlatformRevenue {
  @AnswerAmount({ description: 'The sum of `props.revenueCents` of all events.' })
  readonly totalCents: number;

  @AnswerNumber({
    description:
      'How much more this is than in as many days before, in percent of that, to two decimals; ' +
      'below 0 for less, and 0 where there was none.',
  })
  readonly growth: number;

  @AnswerList(RevenueOfDay, 'Each day, the first one first; also those without revenue.')
  readonly timeline: readonly RevenueOfDay[];
}

export class PlatformBots {
  @AnswerCount({
    description:
      'Sessions at an asset, counted each day, that some user agent betrays as a program.',
    example: 4,
  })
  readonly visits: number;
}

/** How the whole platform gets on. */
export class PlatformMetrics extends AnalyticsAnswer {
  @AnswerValue({
    description: 'The period of the question.',
    name: 'PlatformPeriod',
    values: PLATFORM_PERIODS,
    example: '7d',
  })
  readonly period: PlatformPeriod;

  @AnswerPart(PlatformUsers, 'Users.')
  readonly users: PlatformUsers;

  @AnswerPart(PlatformCreators, 'Creators.')
  readonly creators: PlatformCreators;

  @AnswerPart(PlatformBrands, 'Brands.')
  readonly brands: PlatformBrands;

  @AnswerPart(PlatformAssets, 'Assets.')
  readonly assets: PlatformAssets;

  @AnswerPart(PlatformLicenses, 'Licences.')
  readonly licenses: PlatformLicenses;

  @AnswerPart(PlatformRevenue, 'Revenue, in the currency of the platform.')
  readonly revenue: PlatformRevenue;

  @AnswerPart(PlatformBots, 'How much of the figures is of programs: flagged, and counted.')
  readonly bots: PlatformBots;

  @AnswerPart(AnalyticsLeftOut, 'What the figures leave out.')
  readonly leftOut: AnalyticsLeftOut;
}
