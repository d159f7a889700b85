import {
  AnswerCount,
  AnswerList,
  AnswerPart,
  AnswerPercentage,
  AnswerValue,
} from '../../answer-fields.js';
import {
  CHECKOUT_EVENT_NAMES,
  type CheckoutEventName,
} from '../../checkout/checkout-event.catalogue.js';
import { DashboardAnswer } from '../dashboard-answer.dto.js';
import { CheckoutFilters } from './checkout-question.dto.js';

/** How often a thing happened, and to how many. */
export class CheckoutEventCount {
  @AnswerValue({
    description: 'What happened.',
    name: 'CheckoutEventName',
    values: CHECKOUT_EVENT_NAMES,
  })
  readonly eventName: CheckoutEventName;

  @AnswerCount({
    description:
      'Events of this name that happened in these days. Repeated ones are facts of their own.',
  })
  readonly count: number;

  @AnswerCount({
    description:
      'Of the sessions that began in these days those with at least one event of this name, on ' +
      'whatever day, and also where the event itself is left out.',
  })
  readonly sessions: number;
}

/** What the days hold beside the figures: those of `traffic=all` are both together. */
export class CheckoutLeftOut {
  @AnswerCount({ description: 'Events of sandboxes and developers. 0 for `traffic=all`.' })
  readonly nonProductionEvents: number;

  @AnswerCount({
    description:
      'Sessions that began in these days and have such events only, and so are in no figure. 0 ' +
      'for `traffic=all`.',
  })
  readonly nonProductionSessions: number;
}

/** How much went on in the checkouts, and how much of it ended in a conversion. */
export class CheckoutSummary extends DashboardAnswer {
  @AnswerPart(CheckoutFilters, 'The filters of the question, as they were understood.')
  readonly filters: CheckoutFilters;

  @AnswerCount({
    description:
      'Sessions whose first event is in these days, as in the funnel. A session is a `sessionId` ' +
      'at one offer: the same `sessionId` at two offers is two sessions. One that lasts past ' +
      'midnight counts on the day on which it began: single days add up to this.',
  })
  readonly sessions: number;

  @AnswerCount({ description: 'Events of whatever name: the sum of all counts below.' })
  readonly events: number;

  @AnswerList(
    CheckoutEventCount,
    'One entry for each name of the contract, in its order; also for those that did not happen.',
  )
  readonly eventsByName: readonly CheckoutEventCount[];

  @AnswerCount({
    description:
      'Those with a `checkout_conversion_success`, and those with a `checkout_payment_success` but ' +
      'no conversion, whenever that was. However often a session says so, it is one conversion. ' +
      'For pix and boleto it means generated, not paid.',
  })
  readonly conversions: number;

  @AnswerPercentage({
    description: 'Conversions in a hundred sessions, to two decimals; 0 where there is no session.',
  })
  readonly conversionRate: number;

  @AnswerPart(CheckoutLeftOut, 'What the figures leave out, and how much of it there is.')
  readonly leftOut: CheckoutLeftOut;
}
