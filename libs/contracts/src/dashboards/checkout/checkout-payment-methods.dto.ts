import {
  AnswerCount,
  AnswerList,
  AnswerPart,
  AnswerPercentage,
  AnswerValue,
} from '../../answer-fields.js';
import { PAYMENT_METHODS, type PaymentMethod } from '../../checkout/checkout-event.catalogue.js';
import { CheckoutSessionsAnswer } from './checkout-sessions-question.dto.js';

/** How sessions fared with a payment method. */
export class CheckoutPaymentMethodFigures {
  @AnswerValue({
    description:
      'The method of the session: of its last `checkout_submit_clicked`, else of its last payment, ' +
      'successful or not, else the last that was selected. Null where it says none.',
    name: 'PaymentMethod',
    values: PAYMENT_METHODS,
    nullable: true,
  })
  readonly paymentMethod: PaymentMethod | null;

  @AnswerCount({ description: 'Sessions whose first event is in these days.' })
  readonly sessions: number;

  @AnswerCount({ description: 'Those with a `checkout_submit_clicked`.' })
  readonly submitted: number;

  @AnswerCount({
    description: 'Those that converted. For pix and boleto it means generated, not paid.',
  })
  readonly generated: number;

  @AnswerCount({ description: 'Those with an error of the payment or of its data.' })
  readonly withErrors: number;

  @AnswerCount({
    description:
      'Those of `generated` whose `sessionId` a completed order names, completed no more than an ' +
      'hour before the session began. An order does not say its offer: where a `sessionId` ' +
      'converted at several offers, each is paid.',
  })
  readonly paid: number;

  @AnswerPercentage({
    description:
      'Paid in a hundred generated, to two decimals. Too low where orders do not say their session.',
  })
  readonly paidRate: number;

  @AnswerCount({
    description:
      'Milliseconds from the conversion to the completion of the order that half of the paid did ' +
      'not exceed, to within 2.5 %; 0 for an order that was completed first. Null where none is paid.',
    nullable: true,
  })
  readonly medianTimeToPayMs: number | null;

  @AnswerCount({ description: 'The same of nine tenths of the paid.', nullable: true })
  readonly p90TimeToPayMs: number | null;
}

/** What orders say of sessions. */
export class CheckoutOrders {
  @AnswerCount({ description: 'Orders that were completed in these days, of whatever checkout.' })
  readonly completed: number;

  @AnswerCount({ description: 'Those that do not say which session they come from.' })
  readonly withoutSession: number;
}

/** How the sessions of some days fared with each payment method. */
export class CheckoutPaymentMethods extends CheckoutSessionsAnswer {
  @AnswerList(
    CheckoutPaymentMethodFigures,
    'One entry for each method of the contract, in its order, and one for sessions without.',
  )
  readonly methods: readonly CheckoutPaymentMethodFigures[];

  @AnswerPart(
    CheckoutOrders,
    'How far orders can tell what was paid. Orders know neither offers nor producers: null for ' +
      'callers that are bound to a producer.',
    { nullable: true },
  )
  readonly orders: CheckoutOrders | null;
}
