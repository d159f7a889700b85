import { Module } from '@nestjs/common';
import { CheckoutEventsController } from './events/checkout/checkout-events.controller.js';
import { Events } from './events/events.js';
import { EventsRepository } from './events/events.repository.js';

/** The read side. */
@Module({
  controllers: [CheckoutEventsController],
  providers: [Events, EventsRepository],
})
export class DashboardsModule {}
