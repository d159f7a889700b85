import { Module } from '@nestjs/common';
import { CommerceDashboardsController } from './commerce-dashboards.controller.js';
import { CommerceDashboards } from './commerce-dashboards.js';
import { CommerceDashboardsRepository } from './commerce-dashboards.repository.js';
import { CommerceLedgersController } from './commerce-ledgers.controller.js';
import { CommerceLedgers } from './commerce-ledgers.js';
import { CommerceLedgersRepository } from './commerce-ledgers.repository.js';

/** What commerce earned, its orders, referrals and payouts. The database comes from the application. */
@Module({
  controllers: [CommerceDashboardsController, CommerceLedgersController],
  providers: [
    CommerceDashboards,
    CommerceDashboardsRepository,
    CommerceLedgers,
    CommerceLedgersRepository,
  ],
})
export class CommerceDashboardsModule {}
