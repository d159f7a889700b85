import {
  AnswerCount,
  AnswerDay,
  AnswerFlag,
  AnswerList,
  AnswerPart,
  AnswerText,
} from '../../answer-fields.js';
import { CommerceAnswer } from './commerce-question.dto.js';

/** Events of a day. */
export class CommerceEventsOfDay {
  @AnswerDay({ description: 'The day.', example: '2026-01-15' })
  readonly day: string;

  @AnswerCount({ description: 'How many.', example: 40 })
  readonly events: number;
}

/** Events of one type. */
export class CommerceEventTypeCount {
  @AnswerText({
    description:
      'Dotted, whatever the sender wrote. `_OTHER`: the rest of the names that are not of the ' +
      'document, beyond the 50 most frequent of an organization and a day.',
    example: 'order.completed',
  })
  readonly eventType: string;

  @AnswerFlag({ description: 'Whether it is one of the commerce document.', example: true })
  readonly isKnown: boolean;

  @AnswerCount({ description: 'How many in all.', example: 40 })
  readonly events: number;

  @AnswerList(CommerceEventsOfDay, 'The days that have any, in order.')
  readonly days: readonly CommerceEventsOfDay[];
}

/** Names that were not told apart. */
export class CommerceEventTypesLeftOut {
  @AnswerCount({ description: 'Events that are counted as `_OTHER`.', example: 0 })
  readonly namesOfEvents: number;
}

/** How often what happened, by day. */
export class CommerceEventTypes extends CommerceAnswer {
  @AnswerCount({ description: 'Events of whatever type: the sum of all.', example: 40 })
  readonly events: number;

  @AnswerList(
    CommerceEventTypeCount,
    'One entry for each type of the document, in its order, then one for each other that happened.',
  )
  readonly items: readonly CommerceEventTypeCount[];

  @AnswerPart(CommerceEventTypesLeftOut, 'What is counted without its name.')
  readonly leftOut: CommerceEventTypesLeftOut;
}
