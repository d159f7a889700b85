import {
  AnswerCount,
  AnswerDay,
  AnswerList,
  AnswerPart,
  AnswerPercentage,
  AnswerValue,
} from '../../answer-fields.js';
import {
  CHECKOUT_ERRORS,
  CHECKOUT_STEPS,
  type CheckoutError,
  type CheckoutStep,
  PAYMENT_METHODS,
  type PaymentMethod,
} from '../../checkout/checkout-event.catalogue.js';
import { CheckoutSessionsAnswer } from './checkout-sessions-question.dto.js';

/** Errors, and what became of their sessions. */
export class CheckoutErrorFigures {
  @AnswerCount({
    description: 'Error events. Repeated ones are facts of their own; of a session the first 100.',
  })
  readonly events: number;

  @AnswerCount({ description: 'Sessions with at least one of them.' })
  readonly sessions: number;

  @AnswerCount({
    description: 'Sessions that converted anyway: at the first such error, or after it.',
  })
  readonly recovered: number;

  @AnswerPercentage({ description: 'Recovered in a hundred sessions, to two decimals.' })
  readonly recoveryRate: number;
}

/** One kind of error. */
export class CheckoutErrorKind extends CheckoutErrorFigures {
  @AnswerValue({ description: 'What went wrong.', name: 'CheckoutError', values: CHECKOUT_ERRORS })
  readonly error: CheckoutError;

  @AnswerValue({
    description: 'The step that the event names; null where it names none.',
    name: 'CheckoutStep',
    values: CHECKOUT_STEPS,
    nullable: true,
  })
  readonly step: CheckoutStep | null;

  @AnswerValue({
    description: 'The payment method of the session; null where it says none.',
    name: 'PaymentMethod',
    values: PAYMENT_METHODS,
    nullable: true,
  })
  readonly paymentMethod: PaymentMethod | null;
}

/** The errors in sessions that began on a day. */
export class CheckoutErrorDay extends CheckoutErrorFigures {
  @AnswerDay({ description: 'The day of the sessions’ first event.', example: '2026-01-01' })
  readonly day: string;
}

/** What went wrong in the sessions of some days. */
export class CheckoutErrors extends CheckoutSessionsAnswer {
  @AnswerPart(
    CheckoutErrorFigures,
    'Errors of whatever kind: a session that had several is one. The sum of the days.',
  )
  readonly total: CheckoutErrorFigures;

  @AnswerList(
    CheckoutErrorKind,
    'Each kind that happened, the most sessions first. A session that had several is in each.',
  )
  readonly kinds: readonly CheckoutErrorKind[];

  @AnswerList(CheckoutErrorDay, 'Every day, the first one first.')
  readonly days: readonly CheckoutErrorDay[];
}
