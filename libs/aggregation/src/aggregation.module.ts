import { Module } from '@nestjs/common';
import { AggregationLog } from './aggregation.log.js';
import { AggregationMetrics } from './aggregation.metrics.js';
import { ASSET_DAYS } from './analytics/asset-days.sql.js';
import { ASSET_SESSIONS } from './analytics/asset-sessions.sql.js';
import { ASSET_VISITS_DAILY } from './analytics/asset-visits-daily.sql.js';
import { CREATOR_VISITS_DAILY } from './analytics/creator-visits-daily.sql.js';
import { DAILY_METRICS } from './analytics/daily-metrics.sql.js';
import { LAST_ACTIVITY } from './analytics/last-activity.sql.js';
import { PLATFORM_DAILY } from './analytics/platform-daily.sql.js';
import { BackfillsRepository } from './backfill/backfills.repository.js';
import { DayRecount } from './backfill/day-recount.repository.js';
import { RunBackfillsJob } from './backfill/run-backfills.job.js';
import { CHECKOUT_ERRORS_DAILY } from './checkout/checkout-errors-daily.sql.js';
import { CHECKOUT_EVENTS_DAILY } from './checkout/checkout-events-daily.sql.js';
import { CHECKOUT_FUNNEL_DAILY } from './checkout/checkout-funnel-daily.sql.js';
import { CHECKOUT_FUNNEL_HOURLY } from './checkout/checkout-funnel-hourly.sql.js';
import { CHECKOUT_PAYMENTS_DAILY } from './checkout/checkout-payments-daily.sql.js';
import { CHECKOUT_SESSIONS } from './checkout/checkout-sessions.sql.js';
import { CHECKOUT_TOTALS_DAILY } from './checkout/checkout-totals-daily.sql.js';
import { COMMERCE_DAILY } from './commerce/commerce-daily.sql.js';
import { ORDERS } from './commerce/orders.sql.js';
import { PAYOUTS } from './commerce/payouts.sql.js';
import { REFERRALS } from './commerce/referrals.sql.js';
import { type Job, JOB_LIST } from './jobs/job.js';
import { JobRunsRepository } from './jobs/job-runs.repository.js';
import { Jobs } from './jobs/jobs.js';
import { RunAlone } from './jobs/run-alone.js';
import { type Fold, FOLDS } from './projections/fold.js';
import { ProjectionJob } from './projections/projection.job.js';
import { Projector } from './projections/projector.repository.js';
import { type Rollup, ROLLUPS } from './rollups/rollup.js';
import { RETENTION } from './retention/retention-providers.js';
import { RetentionJob } from './retention/retention.job.js';
import { Leisure } from './rollups/leisure.js';
import { RollupJob } from './rollups/rollup.job.js';
import { RollupsRepository } from './rollups/rollups.repository.js';
import { COCKPIT_DAILY } from './tracking/cockpit-daily.sql.js';
import { COCKPIT_SESSIONS } from './tracking/cockpit-sessions.sql.js';
import { PAGE_VIEWS_DAILY } from './tracking/page-views-daily.sql.js';
import { PAGE_VISITS } from './tracking/page-visits.sql.js';
import { TRACKING_DAILY } from './tracking/tracking-daily.sql.js';
import { NightlyRecountJob } from './upkeep/nightly-recount.job.js';
import { RecountRepository } from './upkeep/recount.repository.js';
import { TidyUpJob } from './upkeep/tidy-up.job.js';
import { TidyUpRepository } from './upkeep/tidy-up.repository.js';

/** Every projection, in the order in which their turns are taken. */
export const FOLD_LIST: readonly Fold[] = [
  CHECKOUT_SESSIONS,
  COCKPIT_SESSIONS,
  PAGE_VISITS,
  ORDERS,
  PAYOUTS,
  REFERRALS,
  ASSET_SESSIONS,
  ASSET_DAYS,
  LAST_ACTIVITY,
];
/** Every rollup. */
export const ROLLUP_LIST: readonly Rollup[] = [
  CHECKOUT_FUNNEL_DAILY,
  CHECKOUT_FUNNEL_HOURLY,
  CHECKOUT_TOTALS_DAILY,
  CHECKOUT_ERRORS_DAILY,
  CHECKOUT_EVENTS_DAILY,
  CHECKOUT_PAYMENTS_DAILY,
  COCKPIT_DAILY,
  PAGE_VIEWS_DAILY,
  TRACKING_DAILY,
  COMMERCE_DAILY,
  DAILY_METRICS,
  ASSET_VISITS_DAILY,
  CREATOR_VISITS_DAILY,
  PLATFORM_DAILY,
];

/** Projections, rollups and the jobs that keep them. Database and metrics come from the application. */
@Module({
  providers: [
    AggregationLog,
    AggregationMetrics,
    { provide: FOLDS, useValue: FOLD_LIST },
    { provide: ROLLUPS, useValue: ROLLUP_LIST },
    RunAlone,
    JobRunsRepository,
    Projector,
    RollupsRepository,
    RecountRepository,
    TidyUpRepository,
    BackfillsRepository,
    DayRecount,
    RunBackfillsJob,
    NightlyRecountJob,
    TidyUpJob,
    ...RETENTION,
    RetentionJob,
    {
      provide: JOB_LIST,
      useFactory: (
        projector: Projector,
        repository: RollupsRepository,
        metrics: AggregationMetrics,
        ...upkeep: Job[]
      ): readonly Job[] => {
        const leisure = new Leisure();
        return [
          ...FOLD_LIST.map((fold) => new ProjectionJob(fold, projector, metrics)),
          ...ROLLUP_LIST.map((rollup) => new RollupJob(rollup, repository, metrics, leisure)),
          ...upkeep,
        ];
      },
      inject: [
        Projector,
        RollupsRepository,
        AggregationMetrics,
        RunBackfillsJob,
        NightlyRecountJob,
        TidyUpJob,
        RetentionJob,
      ],
    },
    Jobs,
  ],
})
export class AggregationModule {}
