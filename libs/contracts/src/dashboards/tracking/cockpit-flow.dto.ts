import {
  AnswerCount,
  AnswerDay,
  AnswerList,
  AnswerPart,
  AnswerPercentage,
  AnswerText,
  AnswerValue,
} from '../../answer-fields.js';
import { CatalogueField, TextField } from '../../fields.js';
import { WholeNumberField } from '../../query-fields.js';
import { FLOW_TYPES, type FlowType } from '../../tracking/tracking-event.catalogue.js';
import { DashboardAnswer } from '../dashboard-answer.dto.js';
import { DayRangeQuery } from '../day-range.dto.js';
import { COCKPIT_STAGE_NAMES, type CockpitStage } from './cockpit-flows.catalogue.js';

/** What the flows of the cockpit can be asked. */
export class CockpitQuestion extends DayRangeQuery {
  @CatalogueField({
    description: 'Only sessions of this flow.',
    name: 'FlowType',
    values: FLOW_TYPES,
    optional: true,
  })
  readonly flow?: FlowType;

  @TextField({
    description: 'Only sessions about the product with this slug.',
    maxLength: 200,
    optional: true,
  })
  readonly productSlug?: string;

  @WholeNumberField({
    description: 'How many products are listed at most, those with the most sessions first.',
    minimum: 1,
    maximum: 100,
    default: 20,
    optional: true,
  })
  readonly limit: number = 20;
}

/** The filters of the question, as they were understood; null where there was none. */
export class CockpitFilters {
  @AnswerValue({
    description: 'The flow.',
    name: 'FlowType',
    values: FLOW_TYPES,
    nullable: true,
  })
  readonly flow: FlowType | null;

  @AnswerText({ description: 'The slug of the product.', nullable: true, example: 'green-tea' })
  readonly productSlug: string | null;
}

/** How many sessions came to a stage. */
export class CockpitStageCount {
  @AnswerValue({
    description: 'The stage.',
    name: 'CockpitStage',
    values: COCKPIT_STAGE_NAMES,
  })
  readonly stage: CockpitStage;

  @AnswerCount({ description: 'Sessions with at least one event of this stage.' })
  readonly sessions: number;

  @AnswerCount({
    description:
      'Those of them that came to every stage before it too, to none earlier than to the one ' +
      'before: by the first time of each.',
  })
  readonly sessionsInOrder: number;

  @AnswerCount({
    description:
      'Sessions that came in order to the stage before, and not to this one; 0 for the first.',
  })
  readonly dropOff: number;

  @AnswerPercentage({
    description: '`dropOff` in a hundred sessions that came in order to the stage before.',
  })
  readonly dropOffRate: number;

  @AnswerPercentage({
    description: '`sessionsInOrder` in a hundred sessions that came to the first stage.',
  })
  readonly conversionRate: number;
}

/** How far some sessions came. */
export class CockpitFigures {
  @AnswerCount({ description: 'Sessions with any event of the flow.' })
  readonly sessions: number;

  @AnswerCount({
    description:
      'Sessions that came to what the flow is there for, in whatever order: `success` of a ' +
      'creation, `purchase` of a purchase.',
  })
  readonly conversions: number;

  @AnswerPercentage({
    description: 'Conversions in a hundred sessions, to two decimals; 0 where there is none.',
  })
  readonly conversionRate: number;

  @AnswerList(CockpitStageCount, 'Every stage, in the order of the flow.')
  readonly stages: readonly CockpitStageCount[];
}

/** Sessions of a flow. */
export class CockpitFlowFigures extends CockpitFigures {
  @AnswerValue({ description: 'The flow.', name: 'FlowType', values: FLOW_TYPES })
  readonly flow: FlowType;
}

/** Sessions about a product. */
export class CockpitProductFigures extends CockpitFigures {
  @AnswerText({ description: 'The slug of the product.', example: 'green-tea' })
  readonly productSlug: string;
}

/** Sessions that began on a day. */
export class CockpitDayFigures {
  @AnswerDay({ description: 'The day.', example: '2026-01-01' })
  readonly day: string;

  @AnswerCount({ description: 'Sessions whose first event is of this day.' })
  readonly sessions: number;

  @AnswerCount({ description: 'Those of them that converted, on whatever day.' })
  readonly conversions: number;
}

/** How far the sessions of some days came in a flow of the cockpit. */
export class CockpitFlow extends DashboardAnswer {
  @AnswerPart(CockpitFilters, 'The filters of the question, as they were understood.')
  readonly filters: CockpitFilters;

  @AnswerPart(CockpitFigures, 'All sessions together: the sum of the flows, and of the days.')
  readonly total: CockpitFigures;

  @AnswerList(CockpitFlowFigures, 'One entry for each flow that was asked for, in their order.')
  readonly flows: readonly CockpitFlowFigures[];

  @AnswerList(CockpitDayFigures, 'One entry for each day, the first one first.')
  readonly days: readonly CockpitDayFigures[];

  @AnswerList(CockpitProductFigures, 'Products, those with the most sessions first.')
  readonly products: readonly CockpitProductFigures[];

  @AnswerCount({ description: 'Products in all, those that are not listed among them.' })
  readonly productsInAll: number;

  @AnswerCount({
    description:
      'Sessions that never named a product, and so are in no entry of `products`: creations that ' +
      'did not come to their product.',
  })
  readonly sessionsWithoutProduct: number;
}
