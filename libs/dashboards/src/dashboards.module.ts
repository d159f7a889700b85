import { Module } from '@nestjs/common';
import { DashboardCacheModule } from './cache/dashboard-cache.module.js';
import { CheckoutDashboardsController } from './checkout/checkout-dashboards.controller.js';
import { CheckoutDashboards } from './checkout/checkout-dashboards.js';
import { CheckoutSummaryRepository } from './checkout/checkout-summary.repository.js';
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
import { RejectedEventsController } from './rejected-events/rejected-events.controller.js';
import { RejectedEvents } from './rejected-events/rejected-events.js';
import { RejectedEventsRepository } from './rejected-events/rejected-events.repository.js';
import { CockpitDashboardsController } from './tracking/cockpit-dashboards.controller.js';
import { CockpitFlowRepository } from './tracking/cockpit-flow.repository.js';
import { CockpitFlows } from './tracking/cockpit-flows.js';
import { CockpitStepViews } from './tracking/cockpit-step-views.js';
import { CockpitStepsRepository } from './tracking/cockpit-steps.repository.js';
import { PageViewDashboard } from './tracking/page-view-dashboard.js';
import { PageViewsController } from './tracking/page-views.controller.js';
import { PageViewsRepository } from './tracking/page-views.repository.js';

/** The read side. */
@Module({
  imports: [DashboardCacheModule, ExportsModule],
  controllers: [
    AnalyticsEventsController,
    CheckoutDashboardsController,
    CheckoutEventsController,
    CockpitDashboardsController,
    CommerceEventsController,
    EventTypesController,
    JobsController,
    PageViewsController,
    RejectedEventsController,
    TrackingEventsController,
  ],
  providers: [
    CheckoutDashboards,
    CheckoutSummaryRepository,
    CockpitFlowRepository,
    CockpitFlows,
    CockpitStepViews,
    CockpitStepsRepository,
    Events,
    EventsRepository,
    JobsOverview,
    JobsRepository,
    PageViewDashboard,
    PageViewsRepository,
    RejectedEvents,
    RejectedEventsRepository,
  ],
})
export class DashboardsModule {}
