import { Module } from '@nestjs/common';
import { CheckoutDashboardsController } from './checkout/checkout-dashboards.controller.js';
import { CheckoutDashboards } from './checkout/checkout-dashboards.js';
import { CheckoutSummaryRepository } from './checkout/checkout-summary.repository.js';
import { CheckoutEventsController } from './events/checkout/checkout-events.controller.js';
import { CommerceEventsController } from './events/commerce/commerce-events.controller.js';
import { Events } from './events/events.js';
import { EventsRepository } from './events/events.repository.js';
import { TrackingEventsController } from './events/tracking/tracking-events.controller.js';
import { RejectedEventsController } from './rejected-events/rejected-events.controller.js';
import { RejectedEvents } from './rejected-events/rejected-events.js';
import { RejectedEventsRepository } from './rejected-events/rejected-events.repository.js';

/** The read side. */
@Module({
  controllers: [
    CheckoutDashboardsController,
    CheckoutEventsController,
    CommerceEventsController,
    RejectedEventsController,
    TrackingEventsController,
  ],
  providers: [
    CheckoutDashboards,
    CheckoutSummaryRepository,
    Events,
    EventsRepository,
    RejectedEvents,
    RejectedEventsRepository,
  ],
})
export class DashboardsModule {}
