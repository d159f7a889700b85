export { DashboardCache } from './cache/dashboard-cache.js';
export { DashboardsModule } from './dashboards.module.js';
export { jobsOf } from './jobs/jobs.js';
export { CockpitFlows } from './tracking/cockpit-flows.js';
export { CockpitStepViews } from './tracking/cockpit-step-views.js';
export { PageViewDashboard } from './tracking/page-view-dashboard.js';
export { TrackingDashboardsModule } from './tracking/tracking-dashboards.module.js';
