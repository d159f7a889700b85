import {
  AnswerCount,
  AnswerList,
  AnswerPart,
  AnswerText,
  AnswerValue,
} from '../../answer-fields.js';
import { CatalogueField } from '../../fields.js';
import { WholeNumberField } from '../../query-fields.js';
import { FLOW_TYPES, type FlowType } from '../../tracking/tracking-event.catalogue.js';
import { DashboardAnswer } from '../dashboard-answer.dto.js';
import { DayRangeQuery } from '../day-range.dto.js';
import { type Cockpit, COCKPITS } from './cockpit-flows.catalogue.js';

/** What can be asked about the steps of the cockpit. */
export class CockpitStepsQuestion extends DayRangeQuery {
  @CatalogueField({
    description: 'Only steps of creators, or of buyers.',
    name: 'Cockpit',
    values: COCKPITS,
    optional: true,
  })
  readonly cockpit?: Cockpit;

  @CatalogueField({
    description: 'Only steps of this flow.',
    name: 'FlowType',
    values: FLOW_TYPES,
    optional: true,
  })
  readonly flow?: FlowType;

  @WholeNumberField({
    description: 'How many steps are listed at most, those with the most views first.',
    minimum: 1,
    maximum: 500,
    default: 100,
    optional: true,
  })
  readonly limit: number = 100;
}

/** The filters of the question, as they were understood; null where there was none. */
export class CockpitStepsFilters {
  @AnswerValue({
    description: 'Whose steps.',
    name: 'Cockpit',
    values: COCKPITS,
    nullable: true,
  })
  readonly cockpit: Cockpit | null;

  @AnswerValue({
    description: 'The flow.',
    name: 'FlowType',
    values: FLOW_TYPES,
    nullable: true,
  })
  readonly flow: FlowType | null;
}

/** How often a step was come to. */
export class CockpitStepViews {
  @AnswerValue({ description: 'Whose step it is.', name: 'Cockpit', values: COCKPITS })
  readonly cockpit: Cockpit;

  @AnswerValue({ description: 'The flow.', name: 'FlowType', values: FLOW_TYPES })
  readonly flow: FlowType;

  @AnswerText({ description: 'The step, as front ends call it.', example: 'details' })
  readonly step: string;

  @AnswerCount({
    description:
      '`COCKPIT_CREATE_STEP` or `COCKPIT_BUY_STEP` events with this step. Repeated ones are facts ' +
      'of their own.',
  })
  readonly views: number;
}

/** Which steps of the cockpit were come to, and how often. */
export class CockpitSteps extends DashboardAnswer {
  @AnswerPart(CockpitStepsFilters, 'The filters of the question, as they were understood.')
  readonly filters: CockpitStepsFilters;

  @AnswerCount({ description: 'Views of all steps: the sum of the list, and `otherViews`.' })
  readonly views: number;

  @AnswerList(CockpitStepViews, 'Steps, those with the most views first.')
  readonly steps: readonly CockpitStepViews[];

  @AnswerCount({
    description:
      'Views of steps that are not listed: beyond `limit`, or not among the 200 most frequent ' +
      'steps of their flow and day, which are told apart.',
  })
  readonly otherViews: number;
}
