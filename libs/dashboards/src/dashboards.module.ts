import { Module } from '@nestjs/common';
import { AnalyticsDashboardsController } from './analytics/analytics-dashboards.controller.js';
import { AssetMetricsDashboard } from './analytics/asset-metrics-dashboard.js';
import { AssetMetricsRepository } from './analytics/asset-metrics.repository.js';
import { CreatorDashboardRepository } from './analytics/creator-dashboard.repository.js';
import { CreatorDashboards } from './analytics/creator-dashboards.js';
import { MetricsController } from './analytics/metrics.controller.js';
import { PlatformDashboard } from './analytics/platform-dashboard.js';
import { PlatformMetricsRepository } from './analytics/platform-metrics.repository.js';
import { DashboardCacheModule } from './cache/dashboard-cache.module.js';
import { CheckoutDashboardsModule } from './checkout/checkout-dashboards.module.js';
import { CommerceDashboardsModule } from './commerce/commerce-dashboards.module.js';
import { EventTypesController } from './event-types/event-types.controller.js';
import { AnalyticsEventsController } from './events/analytics/analytics-events.controller.js';
import { CheckoutEventsController } from './events/checkout/checkout-events.controller.js';
import { CommerceEventsController } from './events/commerce/commerce-events.controller.js';
import { Events } from './events/events.js';
import { EventsRepository } from './events/events.repository.js';
import { TrackingEventsController } from './events/tracking/tracking-events.controller.js';
import { ExportsModule } from './exports/exports.module.js';
import { JobsController } from './jobs/jobs.controller.js';
import { JobsOverview } from './jobs/jobs.js';
import { JobsRepository } from './jobs/jobs.repository.js';
import { PersonalDataAccessesModule } from './personal-data-accesses/personal-data-accesses.module.js';
import { RejectedEventsController } from './rejected-events/rejected-events.controller.js';
import { RejectedEvents } from './rejected-events/rejected-events.js';
import { RejectedEventsRepository } from './rejected-events/rejected-events.repository.js';
import { TrackingDashboardsModule } from './tracking/tracking-dashboards.module.js';

/** The read side. */
@Module({
  imports: [
    CheckoutDashboardsModule,
    CommerceDashboardsModule,
    DashboardCacheModule,
    ExportsModule,
    PersonalDataAccessesModule,
    TrackingDashboardsModule,
  ],
  controllers: [
    AnalyticsDashboardsController,
    AnalyticsEventsController,
    CheckoutEventsController,
    CommerceEventsController,
    EventTypesController,
    JobsController,
    MetricsController,
    RejectedEventsController,
    TrackingEventsController,
  ],
  providers: [
    AssetMetricsDashboard,
    AssetMetricsRepository,
    CreatorDashboardRepository,
    CreatorDashboards,
    Events,
    EventsRepository,
    JobsOverview,
    JobsRepository,
    PlatformDashboard,
    PlatformMetricsRepository,
    RejectedEvents,
    RejectedEventsRepository,
  ],
})
export class DashboardsModule {}
