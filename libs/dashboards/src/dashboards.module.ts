import { Module } from '@nestjs/common';
import { CheckoutDashboardsController } from './checkout/checkout-dashboards.controller.js';
import { CheckoutDashboards } from './checkout/checkout-dashboards.js';
import { CheckoutSummaryRepository } from './checkout/checkout-summary.repository.js';
import { CheckoutEventsController } from './events/checkout-events.controller.js';
import { CheckoutEvents } from './events/checkout-events.js';
import { CheckoutEventsRepository } from './events/checkout-events.repository.js';
import { RejectedEventsController } from './rejected-events/rejected-events.controller.js';
import { RejectedEvents } from './rejected-events/rejected-events.js';
import { RejectedEventsRepository } from './rejected-events/rejected-events.repository.js';

/** The read side. */
@Module({
  controllers: [CheckoutDashboardsController, CheckoutEventsController, RejectedEventsController],
  providers: [
    CheckoutDashboards,
    CheckoutSummaryRepository,
    CheckoutEvents,
    CheckoutEventsRepository,
    RejectedEvents,
    RejectedEventsRepository,
  ],
})
export class DashboardsModule {}
