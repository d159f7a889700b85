import { Module } from '@nestjs/common';
import { PersonalDataAccessesModule } from '../personal-data-accesses/personal-data-accesses.module.js';
import { AbandonedCheckoutsController } from './abandoned-checkouts.controller.js';
import { AbandonedCheckoutLists } from './abandoned-checkouts.js';
import { AbandonedCheckoutsRepository } from './abandoned-checkouts.repository.js';
import { CheckoutDashboardsController } from './checkout-dashboards.controller.js';
import { CheckoutErrorReports } from './checkout-error-reports.js';
import { CheckoutFunnels } from './checkout-funnels.js';
import { CheckoutPaymentMethodRates } from './checkout-payment-methods.js';
import { CheckoutSessionsRepository } from './checkout-sessions.repository.js';
import { CheckoutStepRates } from './checkout-steps.js';
import { CheckoutSummaries } from './checkout-summaries.js';
import { CheckoutTimelines } from './checkout-timelines.js';
import { PaymentMethodsRepository } from './payment-methods.repository.js';

/** What checkouts say. */
@Module({
  imports: [PersonalDataAccessesModule],
  controllers: [AbandonedCheckoutsController, CheckoutDashboardsController],
  providers: [
    AbandonedCheckoutLists,
    AbandonedCheckoutsRepository,
    CheckoutErrorReports,
    CheckoutFunnels,
    CheckoutPaymentMethodRates,
    CheckoutSessionsRepository,
    CheckoutStepRates,
    CheckoutSummaries,
    CheckoutTimelines,
    PaymentMethodsRepository,
  ],
})
export class CheckoutDashboardsModule {}
