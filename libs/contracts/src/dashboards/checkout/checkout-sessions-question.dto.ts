import {
  CHECKOUT_MODES,
  CHECKOUT_TYPES,
  type CheckoutMode,
  type CheckoutType,
  PAYMENT_METHODS,
  type PaymentMethod,
} from '../../checkout/checkout-event.catalogue.js';
import { AnswerCount, AnswerPart, AnswerText, AnswerValue } from '../../answer-fields.js';
import { CatalogueField, TextField } from '../../fields.js';
import { DashboardAnswer } from '../dashboard-answer.dto.js';
import { CheckoutFilters, CheckoutQuestion } from './checkout-question.dto.js';

/** What dashboards of sessions can be asked: sessions that began in some days, or some of them. */
export class CheckoutSessionsQuestion extends CheckoutQuestion {
  @CatalogueField({
    description: 'Only sessions of this type of checkout: the first that one of its events names.',
    name: 'CheckoutType',
    values: CHECKOUT_TYPES,
    optional: true,
  })
  readonly checkoutType?: CheckoutType;

  @CatalogueField({
    description: 'Only sessions of this mode: the first that one of its events names.',
    name: 'CheckoutMode',
    values: CHECKOUT_MODES,
    optional: true,
  })
  readonly checkoutMode?: CheckoutMode;

  @CatalogueField({
    description:
      'Only sessions with this payment method: that of the last `checkout_submit_clicked`, else of ' +
      'the last payment, successful or not, else the last that was selected.',
    name: 'PaymentMethod',
    values: PAYMENT_METHODS,
    optional: true,
  })
  readonly paymentMethod?: PaymentMethod;

  @TextField({
    description:
      'Only sessions that began at this host. Of an offer and a day the twenty most frequent hosts ' +
      'are told apart; `leftOut` says how many sessions were at others.',
    maxLength: 253,
    optional: true,
  })
  readonly fullHostname?: string;
}

/** The filters of a question about sessions, as they were understood; null where there was none. */
export class CheckoutSessionsFilters extends CheckoutFilters {
  @AnswerValue({
    description: 'The type.',
    name: 'CheckoutType',
    values: CHECKOUT_TYPES,
    nullable: true,
  })
  readonly checkoutType: CheckoutType | null;

  @AnswerValue({
    description: 'The mode.',
    name: 'CheckoutMode',
    values: CHECKOUT_MODES,
    nullable: true,
  })
  readonly checkoutMode: CheckoutMode | null;

  @AnswerValue({
    description: 'The payment method.',
    name: 'PaymentMethod',
    values: PAYMENT_METHODS,
    nullable: true,
  })
  readonly paymentMethod: PaymentMethod | null;

  @AnswerText({ description: 'The host.', nullable: true, example: 'shop.example.com' })
  readonly fullHostname: string | null;
}

/** Sessions that fit the question and are in none of its figures. */
export class CheckoutSessionsLeftOut {
  @AnswerCount({
    description: 'Sessions of sandboxes and developers alone. 0 for `traffic=all`.',
    example: 9,
  })
  readonly nonProductionSessions: number;

  @AnswerCount({
    description:
      'Sessions at hosts that are too rare to be told apart: some of them may be at the host that ' +
      'was asked for. 0 where none was.',
    example: 0,
  })
  readonly otherHostSessions: number;
}

/** What every dashboard of sessions says beside its figures. */
export class CheckoutSessionsAnswer extends DashboardAnswer {
  @AnswerPart(CheckoutSessionsFilters, 'The filters of the question, as they were understood.')
  readonly filters: CheckoutSessionsFilters;

  @AnswerPart(CheckoutSessionsLeftOut, 'What the figures leave out, and how much of it there is.')
  readonly leftOut: CheckoutSessionsLeftOut;
}
