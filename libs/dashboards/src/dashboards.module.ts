import { Module } from '@nestjs/common';
import { CheckoutEventsController } from './events/checkout/checkout-events.controller.js';
import { Events } from './events/events.js';
import { EventsRepository } from './events/events.repository.js';
import { TrackingEventsController } from './events/tracking/tracking-events.controller.js';

/** The read side. */
@Module({
  controllers: [CheckoutEventsController, TrackingEventsController],
  providers: [Events, EventsRepository],
})
export class DashboardsModule {}
