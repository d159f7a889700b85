import { Module } from '@nestjs/common';
import { CheckoutEventsController } from './events/checkout-events.controller.js';
import { CheckoutEvents } from './events/checkout-events.js';
import { CheckoutEventsRepository } from './events/checkout-events.repository.js';

/** The read side. */
@Module({
  controllers: [CheckoutEventsController],
  providers: [CheckoutEvents, CheckoutEventsRepository],
})
export class DashboardsModule {}
