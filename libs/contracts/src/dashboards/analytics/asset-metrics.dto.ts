import {
  AnswerAmount,
  AnswerCount,
  AnswerDay,
  AnswerList,
  AnswerNumber,
  AnswerPart,
  AnswerText,
} from '../../answer-fields.js';
import { InstantField } from '../../query-fields.js';
import { AnalyticsAnswer } from './analytics-answer.dto.js';
import { DAYS_BY_DEFAULT, MOST_DAYS } from '../day-range.dto.js';
import { AnalyticsLeftOut } from './analytics-remarks.dto.js';

/** The days of an asset's metrics. */
export class AssetMetricsQuestion {
  @InstantField({
    description:
      `A moment of the first day, in UTC, before \`end\`. Without it: ${DAYS_BY_DEFAULT} days, of ` +
      `which \`end\` is in the last. At most ${MOST_DAYS} days in all. Days count whole.`,
    optional: true,
  })
  readonly start?: string;

  @InstantField({
    description: 'A moment of the last day, in UTC, itself included. Without it: today.',
    optional: true,
  })
  readonly end?: string;
}

/** The days as they were counted, both included. */
export class MetricsDateRange {
  @AnswerDay({ description: 'The first day, in UTC.', example: '2026-01-01' })
  readonly start: string;

  @AnswerDay({ description: 'The last day, in UTC.', example: '2026-01-05' })
  readonly end: string;
}

export class ReferrerCount {
  @AnswerText({
    description: 'The page before, without what stands behind its path; personal data is masked.',
    example: 'https://www.google.com/',
  })
  readonly referrer: string;

  @AnswerCount({
    description:
      'Sessions at the asset that named this page before any other. What happened in no session ' +
      'is one for each visitor and day.',
    example: 3,
  })
  readonly count: number;
}

export class AssetDayMetrics {
  @AnswerDay({ description: 'The day, in UTC.', example: '2026-01-05' })
  readonly date: string;

  @AnswerCount({ description: 'Events `asset_viewed`.', example: 4 })
  readonly views: number;

  @AnswerCount({ description: 'Events `asset_downloaded` and `license_clicked`.', example: 1 })
  readonly clicks: number;

  @AnswerCount({ description: 'Events `license_created`.', example: 1 })
  readonly conversions: number;

  @AnswerAmount({
    description: 'The sum of `props.revenueCents`, in the currency of the platform.',
    example: 5000,
  })
  readonly revenueCents: number;
}

export class AssetFigures {
  @AnswerCount({ description: 'The sum of `views` of all days.' })
  readonly totalViews: number;

  @AnswerCount({ description: 'The sum of `clicks` of all days.' })
  readonly totalClicks: number;

  @AnswerCount({ description: 'The sum of `conversions` of all days: licences created.' })
  readonly totalConversions: number;

  @AnswerAmount({ description: 'The sum of `revenueCents` of all days.' })
  readonly totalRevenueCents: number;

  @AnswerCount({
    description:
      'Distinct visitors over all the days: who acted, else the session. Those of single days do ' +
      'not add up to this. Of licences whose asset became known after their event nobody is here.',
  })
  readonly uniqueVisitors: number;

  @AnswerNumber({
    description:
      'The sum of `props.engagementTime`, in the unit of its senders, for each view; to two ' +
      'decimals, 0 where there is no view.',
  })
  readonly avgEngagementTime: number;

  @AnswerList(ReferrerCount, 'At most ten, the most frequent first.')
  readonly topReferrers: readonly ReferrerCount[];

  @AnswerList(AssetDayMetrics, 'Each day, the first one first; also those without events.')
  readonly dailyBreakdown: readonly AssetDayMetrics[];
}

/** What the figures hold that not everybody would count. */
export class AssetBots {
  @AnswerCount({
    description: 'Of the unique visitors those that some user agent betrays as a program.',
    example: 1,
  })
  readonly uniqueVisitors: number;
}

/** What was done with an asset. */
export class AssetMetrics extends AnalyticsAnswer {
  @AnswerText({ description: 'The asset.', example: 'asset-1' })
  readonly assetId: string;

  @AnswerPart(MetricsDateRange, 'The days as they were asked, or meant.')
  readonly dateRange: MetricsDateRange;

  @AnswerPart(AssetFigures, 'The figures of these days.')
  readonly metrics: AssetFigures;

  @AnswerPart(AssetBots, 'How much of the figures is of programs: flagged, and counted.')
  readonly bots: AssetBots;

  @AnswerPart(AnalyticsLeftOut, 'What the figures leave out.')
  readonly leftOut: AnalyticsLeftOut;
}
