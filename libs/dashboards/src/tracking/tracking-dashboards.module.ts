import { Module } from '@nestjs/common';
import { CockpitDashboardsController } from './cockpit-dashboards.controller.js';
import { CockpitFlowRepository } from './cockpit-flow.repository.js';
import { CockpitFlows } from './cockpit-flows.js';
import { CockpitStepViews } from './cockpit-step-views.js';
import { CockpitStepsRepository } from './cockpit-steps.repository.js';
import { PageViewDashboard } from './page-view-dashboard.js';
import { PageViewsController } from './page-views.controller.js';
import { PageViewsRepository } from './page-views.repository.js';

/** What tracking events say. The database comes from the application. */
@Module({
  controllers: [CockpitDashboardsController, PageViewsController],
  providers: [
    CockpitFlowRepository,
    CockpitFlows,
    CockpitStepViews,
    CockpitStepsRepository,
    PageViewDashboard,
    PageViewsRepository,
  ],
})
export class TrackingDashboardsModule {}
