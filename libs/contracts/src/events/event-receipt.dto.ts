import { AnswerList, AnswerText, AnswerTime, AnswerValue } from '../answer-fields.js';
import { CHECKOUT_EVENT_EXAMPLES } from '../checkout/checkout-event.examples.js';
import {
  EVENT_FATES,
  EVENT_STATES,
  type EventFate,
  type EventState,
} from './event-receipt.catalogue.js';

/** One of the events that came with the id. */
export class EventReceiptItem {
  @AnswerValue({ description: 'What became of it.', name: 'EventFate', values: EVENT_FATES })
  readonly state: EventFate;

  @AnswerTime({
    description: 'When the server took it, by the server’s clock.',
    example: '2026-01-15T12:00:00.180Z',
  })
  readonly receivedAt: string;

  @AnswerTime({
    description: 'When it was written; null unless stored.',
    nullable: true,
    example: '2026-01-15T12:00:00.260Z',
  })
  readonly storedAt: string | null;

  @AnswerTime({
    description: 'When it happened, by the sender’s clock; null where that is not known.',
    nullable: true,
    example: '2026-01-15T12:00:00.000Z',
  })
  readonly eventTime: string | null;

  @AnswerText({ description: 'Why it is not stored, as a code.', nullable: true })
  readonly reason: string | null;

  @AnswerText({ description: 'Why it is not stored, in words.', nullable: true })
  readonly explanation: string | null;
}

/** What is known of an event id. A list, because an id may come with several times. */
export class EventReceiptView {
  @AnswerText({
    description: 'The id that was asked for.',
    example: CHECKOUT_EVENT_EXAMPLES.pageView.value.eventId,
  })
  readonly eventId: string;

  @AnswerValue({
    description: 'Of the first item; `not_known_yet` where there is none.',
    name: 'EventState',
    values: EVENT_STATES,
  })
  readonly state: EventState;

  @AnswerList(EventReceiptItem, 'Stored ones first.')
  readonly items: readonly EventReceiptItem[];
}
