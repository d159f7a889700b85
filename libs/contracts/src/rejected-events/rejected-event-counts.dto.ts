import { AnswerCount, AnswerDay, AnswerList, AnswerPart, AnswerValue } from '../answer-fields.js';
import { DayRangeQuery, DayRangeView } from '../dashboards/day-range.dto.js';
import { TextField } from '../fields.js';
import {
  REJECTED_EVENT_REASONS,
  REJECTED_EVENT_STATES,
  type RejectedEventReason,
  type RejectedEventState,
} from './rejected-event.catalogue.js';

export class CountRejectedEventsQuery extends DayRangeQuery {
  @TextField({
    description: 'Only events of this contract, such as `checkout`.',
    maxLength: 64,
    optional: true,
  })
  readonly contract?: string;
}

const REASON = {
  description: 'Why they were set aside.',
  name: 'RejectedEventReason',
  values: REJECTED_EVENT_REASONS,
};

export class RejectedEventCount {
  @AnswerDay({ description: 'The day of receipt, in UTC.', example: '2026-01-30' })
  readonly day: string;

  @AnswerValue({
    description: 'The state in which they are now.',
    name: 'RejectedEventState',
    values: REJECTED_EVENT_STATES,
  })
  readonly state: RejectedEventState;

  @AnswerValue(REASON)
  readonly reason: RejectedEventReason;

  @AnswerCount({ description: 'How many.' })
  readonly count: number;
}

export class RejectedEventTotal {
  @AnswerValue(REASON)
  readonly reason: RejectedEventReason;

  @AnswerCount({ description: 'How many in all the days, whatever their state.' })
  readonly count: number;
}

/** The days are days of receipt. */
export class RejectedEventCounts {
  @AnswerPart(DayRangeView, 'The days that were counted.')
  readonly range: DayRangeView;

  @AnswerList(RejectedEventCount, 'Newest day first; days without any are left out.')
  readonly days: readonly RejectedEventCount[];

  @AnswerList(RejectedEventTotal, 'Most frequent reason first.')
  readonly totals: readonly RejectedEventTotal[];
}
