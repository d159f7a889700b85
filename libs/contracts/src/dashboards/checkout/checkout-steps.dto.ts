import {
  AnswerCount,
  AnswerList,
  AnswerNumber,
  AnswerPercentage,
  AnswerValue,
} from '../../answer-fields.js';
import { CHECKOUT_STEPS, type CheckoutStep } from '../../checkout/checkout-event.catalogue.js';
import { CheckoutSessionsAnswer } from './checkout-sessions-question.dto.js';

/** How sessions fared with a step of the checkout. */
export class CheckoutStepFigures {
  @AnswerValue({ description: 'The step.', name: 'CheckoutStep', values: CHECKOUT_STEPS })
  readonly step: CheckoutStep;

  @AnswerCount({ description: 'Sessions that began it.' })
  readonly started: number;

  @AnswerCount({
    description: 'Sessions that ended it well; of the payment, those that converted.',
  })
  readonly completed: number;

  @AnswerCount({ description: 'Sessions with at least one error in it, completed or not.' })
  readonly withErrors: number;

  @AnswerNumber({
    description:
      'Completed in a hundred that began it, to two decimals: above 100 where front ends tell the ' +
      'end and not the beginning. 0 where none began.',
  })
  readonly completionRate: number;

  @AnswerPercentage({ description: '`withErrors` in a hundred sessions of these days.' })
  readonly errorRate: number;
}

/** How the sessions of some days fared with each step. */
export class CheckoutSteps extends CheckoutSessionsAnswer {
  @AnswerCount({ description: 'Sessions whose first event is in these days.' })
  readonly sessions: number;

  @AnswerList(CheckoutStepFigures, 'One entry a step, in their order.')
  readonly steps: readonly CheckoutStepFigures[];
}
