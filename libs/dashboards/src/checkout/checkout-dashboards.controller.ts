import {
  CHECKOUT_ERRORS_EXAMPLE,
  CHECKOUT_FUNNEL_EXAMPLE,
  CHECKOUT_PAYMENT_METHODS_EXAMPLE,
  CHECKOUT_STEPS_EXAMPLE,
  CHECKOUT_SUMMARY_EXAMPLE,
  CHECKOUT_TIMELINE_EXAMPLE,
  CheckoutErrors,
  CheckoutFunnel,
  CheckoutFunnelQuestion,
  CheckoutPaymentMethods,
  CheckoutQuestion,
  CheckoutSessionsQuestion,
  CheckoutSteps,
  CheckoutSummary,
  CheckoutTimeline,
  CheckoutTimelineQuestion,
} from '#libs/contracts';
import { Allows, type Caller, CurrentCaller, ForOwners } from '#libs/platform';
import { Controller, Query } from '@nestjs/common';
import { CheckoutDashboard, SessionsDashboard } from './checkout-dashboard.decorator.js';
import { CheckoutErrorReports } from './checkout-error-reports.js';
import { CheckoutFunnels } from './checkout-funnels.js';
import { CheckoutPaymentMethodRates } from './checkout-payment-methods.js';
import { CheckoutStepRates } from './checkout-steps.js';
import { CheckoutSummaries } from './checkout-summaries.js';
import { CheckoutTimelines } from './checkout-timelines.js';

@Allows('dashboards:read')
@ForOwners('producer')
@Controller('dashboards/checkout')
export class CheckoutDashboardsController {
  constructor(
    private readonly summaries: CheckoutSummaries,
    private readonly funnels: CheckoutFunnels,
    private readonly timelines: CheckoutTimelines,
    private readonly stepRates: CheckoutStepRates,
    private readonly methodRates: CheckoutPaymentMethodRates,
    private readonly errorReports: CheckoutErrorReports,
  ) {}

  @CheckoutDashboard({
    path: 'summary',
    summary: 'How much went on in the checkouts?',
    description:
      'Sessions, events by name and conversions of some days; of the last 30 days, with today as ' +
      'the last of them, where the question does not say.\n\n' +
      'Days are days of UTC, both ends included. An event counts on the day on which it happened ' +
      'by the sender’s clock, however late it comes; one that claims to be over 24 hours ahead of ' +
      'its receipt counts on the day of its receipt. A session counts on the day of its first ' +
      'event, with all that happened in it, so that every figure of some days is the sum of them: ' +
      'a name may have sessions on a day on which it has no events. Product and producer are those ' +
      'of the event, and of a session those of its first one.\n\n' +
      'Sandboxes and developers are left out, and counted beside the figures, unless ' +
      '`traffic=all` is asked for: an event by itself, a session where it has no other events.\n\n' +
      'The answer says which days and filters it is about, up to when what was received is in ' +
      'it, and whether its last day is over.',
    answer: CheckoutSummary,
    example: CHECKOUT_SUMMARY_EXAMPLE,
  })
  summary(
    @Query() question: CheckoutQuestion,
    @CurrentCaller() caller: Caller,
  ): Promise<CheckoutSummary> {
    return this.summaries.answer(question, caller);
  }

  @SessionsDashboard({
    path: 'funnel',
    summary: 'How far do buyers come, and where are they lost?',
    description:
      'How many sessions came to each step, and how many the step before had more. A step counts a ' +
      'session once, however often it was done: `identification_started` by ' +
      '`checkout_identification_started` or a view of the step, `identification_completed` by ' +
      '`…_completed`, `…_filled` or the advance to the address, the address likewise, ' +
      '`payment_started` by a method that was selected, data that were begun or a view of the ' +
      'step, `submitted` by `checkout_submit_clicked`, and `conversion` by ' +
      '`checkout_conversion_success`, or `checkout_payment_success` where no conversion was sent. ' +
      'For pix and boleto it means generated, not paid.',
    answer: CheckoutFunnel,
    example: CHECKOUT_FUNNEL_EXAMPLE,
  })
  funnel(
    @Query() question: CheckoutFunnelQuestion,
    @CurrentCaller() caller: Caller,
  ): Promise<CheckoutFunnel> {
    return this.funnels.answer(question, caller);
  }

  @SessionsDashboard({
    path: 'timeline',
    summary: 'When do buyers come, and when do those come who buy?',
    description:
      'Sessions by the day or hour of their first event, and how many of them converted, whenever ' +
      'they did. Every bucket is there, also those without sessions.',
    answer: CheckoutTimeline,
    example: CHECKOUT_TIMELINE_EXAMPLE,
  })
  timeline(
    @Query() question: CheckoutTimelineQuestion,
    @CurrentCaller() caller: Caller,
  ): Promise<CheckoutTimeline> {
    return this.timelines.answer(question, caller);
  }

  @SessionsDashboard({
    path: 'steps',
    summary: 'How do buyers fare with each step?',
    description:
      'Of identification, address and payment: the sessions that began it, ended it well, and had ' +
      'an error in it, as the funnel counts them. Errors of the payment are those of its data and ' +
      'of the payment itself.',
    answer: CheckoutSteps,
    example: CHECKOUT_STEPS_EXAMPLE,
  })
  steps(
    @Query() question: CheckoutSessionsQuestion,
    @CurrentCaller() caller: Caller,
  ): Promise<CheckoutSteps> {
    return this.stepRates.answer(question, caller);
  }

  @SessionsDashboard({
    path: 'payment-methods',
    summary: 'Which payment methods are chosen, and which are paid?',
    description:
      'A front end can tell that a pix or a boleto was generated; that it was paid, an order says ' +
      'that names the session. `orders` tells how many name none: as many may be missing in ' +
      '`paid`. Refunds and cancellations change nothing here.',
    answer: CheckoutPaymentMethods,
    example: CHECKOUT_PAYMENT_METHODS_EXAMPLE,
  })
  paymentMethods(
    @Query() question: CheckoutSessionsQuestion,
    @CurrentCaller() caller: Caller,
  ): Promise<CheckoutPaymentMethods> {
    return this.methodRates.answer(question, caller);
  }

  @SessionsDashboard({
    path: 'errors',
    summary: 'What goes wrong, and who buys anyway?',
    description:
      'Events of `checkout_identification_error`, `…_address_error`, `…_payment_data_error`, ' +
      '`…_payment_error` and `…_coupon_error`, at the step that they name and by the payment ' +
      'method of their session; and how many of these sessions converted at the error or after it.',
    answer: CheckoutErrors,
    example: CHECKOUT_ERRORS_EXAMPLE,
  })
  errors(
    @Query() question: CheckoutSessionsQuestion,
    @CurrentCaller() caller: Caller,
  ): Promise<CheckoutErrors> {
    return this.errorReports.answer(question, caller);
  }
}
