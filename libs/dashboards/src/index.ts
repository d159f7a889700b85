export { DashboardCache } from './cache/dashboard-cache.js';
export { DashboardsModule } from './dashboards.module.js';
export { jobsOf } from './jobs/jobs.js';
