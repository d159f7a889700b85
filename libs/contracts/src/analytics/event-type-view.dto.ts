import { AnswerList, AnswerText, AnswerValue, NextCursor } from '../answer-fields.js';
import {
  EVENT_SENDERS,
  EVENT_TYPE_GROUP_NAMES,
  type EventSender,
  type EventTypeGroup,
} from './event-types.catalogue.js';

/** A known type of events. */
export class EventTypeView {
  @AnswerText({ description: 'Its name in code.', example: 'ASSET_VIEWED' })
  readonly key: string;

  @AnswerText({ description: 'What is sent as `eventType`.', example: 'asset_viewed' })
  readonly value: string;

  @AnswerValue({
    description: 'What it is about.',
    name: 'EventTypeGroup',
    values: EVENT_TYPE_GROUP_NAMES,
  })
  readonly group: EventTypeGroup;

  @AnswerText({ description: 'What happened.', example: 'An asset is viewed.' })
  readonly description: string;

  @AnswerValue({
    description:
      'Who may send it: `anyone`, or `server`: ingest keys and administrators. `anyone` holds for ' +
      'events without money, of the sources `web` and `mobile`.',
    name: 'EventSender',
    values: EVENT_SENDERS,
  })
  readonly sentBy: EventSender;
}

export class EventTypePage {
  @AnswerList(EventTypeView, 'Group by group.')
  readonly items: readonly EventTypeView[];

  @NextCursor()
  readonly nextCursor: string | null;
}
