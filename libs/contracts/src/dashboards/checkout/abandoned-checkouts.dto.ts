import { IntersectionType, OmitType } from '@nestjs/swagger';
import {
  AnswerCount,
  AnswerList,
  AnswerPart,
  AnswerText,
  AnswerTime,
  AnswerValue,
  NextCursor,
} from '../../answer-fields.js';
import {
  CHECKOUT_MODES,
  CHECKOUT_TYPES,
  type CheckoutMode,
  type CheckoutType,
  PAYMENT_METHODS,
  type PaymentMethod,
} from '../../checkout/checkout-event.catalogue.js';
import { PageQuery } from '../../page.dto.js';
import { WholeNumberField } from '../../query-fields.js';
import { CHECKOUT_FUNNEL_STEPS, type CheckoutFunnelStep } from './checkout-funnel.catalogue.js';
import {
  CheckoutSessionsAnswer,
  CheckoutSessionsFilters,
  CheckoutSessionsQuestion,
} from './checkout-sessions-question.dto.js';

export class AbandonedCheckoutsQuestion extends IntersectionType(
  CheckoutSessionsQuestion,
  PageQuery,
) {
  @WholeNumberField({
    description: 'Only sessions that nothing was heard of for so many minutes.',
    minimum: 0,
    maximum: 10_080,
    default: 30,
    optional: true,
  })
  readonly quietMinutes: number = 30;
}

/** A buyer who left a way to be reached, and did not buy. */
export class AbandonedCheckout {
  @AnswerText({ description: 'The session.', example: 'session-1' })
  readonly sessionId: string;

  @AnswerText({ description: 'Where it was.', example: 'offer-1' })
  readonly offerId: string;

  @AnswerText({ description: 'The product, as of its first event.', example: 'product-1' })
  readonly productId: string;

  @AnswerText({ description: 'The producer, as of its first event.', example: 'producer-1' })
  readonly producerId: string;

  @AnswerText({
    description:
      'The last e-mail address that was left; null where none was, or where its event is retired.',
    nullable: true,
    example: 'buyer@example.com',
  })
  readonly email: string | null;

  @AnswerText({
    description: 'The last telephone number that was left; null likewise.',
    nullable: true,
    example: '+55 11 5555-0100',
  })
  readonly phone: string | null;

  @AnswerValue({
    description: 'The furthest step of the funnel that it came to, in whatever order.',
    name: 'CheckoutFunnelStep',
    values: CHECKOUT_FUNNEL_STEPS,
  })
  readonly stepReached: CheckoutFunnelStep;

  @AnswerValue({
    description: 'Its payment method; null where it says none.',
    name: 'PaymentMethod',
    values: PAYMENT_METHODS,
    nullable: true,
  })
  readonly paymentMethod: PaymentMethod | null;

  @AnswerValue({
    description: 'Its type of checkout; null where it says none.',
    name: 'CheckoutType',
    values: CHECKOUT_TYPES,
    nullable: true,
  })
  readonly checkoutType: CheckoutType | null;

  @AnswerValue({
    description: 'Its mode; null where it says none.',
    name: 'CheckoutMode',
    values: CHECKOUT_MODES,
    nullable: true,
  })
  readonly checkoutMode: CheckoutMode | null;

  @AnswerText({ description: 'The host where it began.', example: 'shop.example.com' })
  readonly fullHostname: string;

  @AnswerTime({ description: 'Its first event.', example: '2026-01-30T12:00:00.000Z' })
  readonly firstSeenAt: string;

  @AnswerTime({ description: 'Its last event.', example: '2026-01-30T12:04:10.000Z' })
  readonly lastSeenAt: string;
}

/** The filters of the question, as they were understood; null where there was none. */
export class AbandonedCheckoutsFilters extends CheckoutSessionsFilters {
  @AnswerCount({ description: 'For how long nothing was heard of them.', example: 30 })
  readonly quietMinutes: number;
}

/** A page of checkouts to be recovered. */
export class AbandonedCheckouts extends OmitType(CheckoutSessionsAnswer, [
  'filters',
  'leftOut',
  'newestReceivedAt',
] as const) {
  @AnswerPart(AbandonedCheckoutsFilters, 'The filters of the question, as they were understood.')
  readonly filters: AbandonedCheckoutsFilters;

  @AnswerList(AbandonedCheckout, 'The sessions, those that began last first.')
  readonly items: readonly AbandonedCheckout[];

  @NextCursor()
  readonly nextCursor: string | null;
}
