import {
  AnswerCount,
  AnswerDifference,
  AnswerList,
  AnswerNumber,
  AnswerPart,
  AnswerPercentage,
  AnswerText,
  AnswerValue,
} from '../../answer-fields.js';
import { CatalogueField } from '../../fields.js';
import { DayRangeView } from '../day-range.dto.js';
import {
  CHECKOUT_DIMENSIONS,
  CHECKOUT_FUNNEL_STEPS,
  type CheckoutDimension,
  type CheckoutFunnelStep,
  type Comparison,
  COMPARISONS,
  FUNNEL_ORDERS,
  type FunnelOrder,
} from './checkout-funnel.catalogue.js';
import {
  CheckoutSessionsAnswer,
  CheckoutSessionsQuestion,
} from './checkout-sessions-question.dto.js';

/** Groups that a funnel is told apart by at most; the others are counted together. */
export const MOST_GROUPS = 50;

export class CheckoutFunnelQuestion extends CheckoutSessionsQuestion {
  @CatalogueField({
    description:
      '`any`: a step counts every session that did it, whatever else it did. `strict`: it counts ' +
      'those that did every step before it too, none earlier than the one before (first times); ' +
      'where a checkout has no address step, none goes on behind it.',
    name: 'FunnelOrder',
    values: FUNNEL_ORDERS,
    default: 'any',
    optional: true,
  })
  readonly order: FunnelOrder = 'any';

  @CatalogueField({
    description: `A funnel for each value of this too: of the ${MOST_GROUPS} with the most sessions.`,
    name: 'CheckoutDimension',
    values: CHECKOUT_DIMENSIONS,
    optional: true,
  })
  readonly groupBy?: CheckoutDimension;

  @CatalogueField({
    description: '`previous_period`: beside each figure that of as many days just before.',
    name: 'Comparison',
    values: COMPARISONS,
    optional: true,
  })
  readonly compare?: Comparison;
}

/** The same figure of the days before. */
export class CheckoutPreviousFigure {
  @AnswerCount({ description: 'Sessions in the previous period.', example: 400 })
  readonly sessions: number;

  @AnswerDifference({ description: 'How many more there are now; negative for fewer.' })
  readonly difference: number;

  @AnswerNumber({
    description: 'The difference in percent of the previous figure, to two decimals; null for 0.',
    nullable: true,
  })
  readonly changePercent: number | null;
}

/** How many sessions came to a step. */
export class CheckoutFunnelStepFigures {
  @AnswerValue({
    description: 'The step.',
    name: 'CheckoutFunnelStep',
    values: CHECKOUT_FUNNEL_STEPS,
  })
  readonly step: CheckoutFunnelStep;

  @AnswerCount({ description: 'Sessions that came to it.' })
  readonly sessions: number;

  @AnswerDifference({
    description:
      'Sessions of the step before, less those of this one. Negative where `order=any` counts more ' +
      'here than before; 0 for the first.',
  })
  readonly dropOff: number;

  @AnswerPercentage({ description: 'In a hundred sessions of the first step, to two decimals.' })
  readonly percentOfFirst: number;

  @AnswerNumber({
    description:
      'In a hundred sessions of the step before, to two decimals: above 100 where `order=any` ' +
      'counts more here. 0 where there is none before.',
  })
  readonly percentOfPrevious: number;

  @AnswerPart(CheckoutPreviousFigure, 'With `compare`; else null.', { nullable: true })
  readonly previousPeriod: CheckoutPreviousFigure | null;
}

/** How far some sessions came. */
export class CheckoutFunnelFigures {
  @AnswerCount({
    description: 'Sessions whose first event is in these days: a `sessionId` at one offer.',
  })
  readonly sessions: number;

  @AnswerCount({
    description:
      'Those of them with a `checkout_conversion_success`, or with a `checkout_payment_success` ' +
      'where no conversion was sent; in whatever order, on whatever day.',
  })
  readonly conversions: number;

  @AnswerPercentage({ description: 'Conversions in a hundred sessions, to two decimals.' })
  readonly conversionRate: number;

  @AnswerList(CheckoutFunnelStepFigures, 'Every step, in its order.')
  readonly steps: readonly CheckoutFunnelStepFigures[];
}

/** The sessions that are alike in what was asked for. */
export class CheckoutFunnelGroup extends CheckoutFunnelFigures {
  @AnswerText({
    description:
      'The value; null for sessions that say none, and for hosts too rare to be told apart.',
    nullable: true,
    example: 'pix',
  })
  readonly value: string | null;
}

/** How far the sessions of some days came. */
export class CheckoutFunnel extends CheckoutSessionsAnswer {
  @AnswerValue({ description: 'How steps count.', name: 'FunnelOrder', values: FUNNEL_ORDERS })
  readonly order: FunnelOrder;

  @AnswerPart(DayRangeView, 'The days before that are compared; null without `compare`.', {
    nullable: true,
  })
  readonly previousRange: DayRangeView | null;

  @AnswerPart(CheckoutFunnelFigures, 'All sessions together.')
  readonly total: CheckoutFunnelFigures;

  @AnswerValue({
    description: 'What sessions are told apart by; null without `groupBy`.',
    name: 'CheckoutDimension',
    values: CHECKOUT_DIMENSIONS,
    nullable: true,
  })
  readonly groupBy: CheckoutDimension | null;

  @AnswerList(
    CheckoutFunnelGroup,
    `The ${MOST_GROUPS} groups with the most sessions, those first; empty without \`groupBy\`.`,
  )
  readonly groups: readonly CheckoutFunnelGroup[];

  @AnswerPart(CheckoutFunnelFigures, 'All other groups together; null where there are none.', {
    nullable: true,
  })
  readonly otherGroups: CheckoutFunnelFigures | null;
}
