import {
  AnswerCount,
  AnswerFlag,
  AnswerList,
  AnswerObject,
  AnswerText,
  AnswerTime,
  AnswerValue,
  NextCursor,
} from '../answer-fields.js';
import { UuidField } from '../query-fields.js';
import {
  inWords,
  REJECTED_EVENT_REASONS,
  REJECTED_EVENT_STATES,
  type RejectedEventReason,
  type RejectedEventState,
  RETRYABLE,
  type Retryable,
} from './rejected-event.catalogue.js';

const REFUSED = inWords('refused', 'breach');

/** The rejected event that a path names. */
export class RejectedEventPath {
  @UuidField({
    description: 'The `id` that lists show; not the sender’s `eventId`.',
    example: '5f0c9a4e-3f5b-8d2a-9c1e-7b6a5d4c3b2a',
  })
  readonly id: string;
}

export class RejectedEventBreach {
  @AnswerText({ description: 'The field, or `body` for all of it.', example: 'sessionId' })
  readonly field: string;

  @AnswerText({ description: 'What the sender was told.', example: 'is required' })
  readonly reason: string;
}

/** An event that is, or was, in no table of events, and what to do about it. */
export class RejectedEventItem {
  @AnswerText({
    description: 'Ours, not the sender’s.',
    example: '5f0c9a4e-3f5b-8d2a-9c1e-7b6a5d4c3b2a',
  })
  readonly id: string;

  @AnswerText({ description: 'The contract that it was meant for.', example: 'checkout' })
  readonly contract: string;

  @AnswerValue({
    description:
      '`refused`: at the door. `waiting`: for its offer, and stored by itself when that appears. ' +
      '`conflict`: an event with its id and time came first. `rejected`: taken, but not stored. ' +
      '`resolved`: stored now.',
    name: 'RejectedEventState',
    values: REJECTED_EVENT_STATES,
  })
  readonly state: RejectedEventState;

  @AnswerValue({
    description: 'Why, for programs.',
    name: 'RejectedEventReason',
    values: REJECTED_EVENT_REASONS,
  })
  readonly reason: RejectedEventReason;

  @AnswerText({ description: 'What happened to it, in words.', example: REFUSED.explanation })
  readonly explanation: string;

  @AnswerText({ description: 'Who has to do what about it.', example: REFUSED.advice })
  readonly advice: string;

  @AnswerValue({
    description:
      'Whether to retry it can help. `yes`: once the advice was followed, where all of it was kept. ' +
      '`by_itself`: nobody has to. `no`: never.',
    name: 'Retryable',
    values: RETRYABLE,
  })
  readonly retryable: Retryable;

  @AnswerText({
    description: 'The sender’s id of it; null where it could not be read.',
    nullable: true,
    example: 'event-1',
  })
  readonly eventId: string | null;

  @AnswerText({
    description: 'The offer that it names; null where that is not known.',
    nullable: true,
    example: 'offer-1',
  })
  readonly offerId: string | null;

  @AnswerText({
    description: 'PostgreSQL’s code where it refused the row, else null.',
    nullable: true,
    example: '22021',
  })
  readonly sqlstate: string | null;

  @AnswerList(RejectedEventBreach, 'What the door refused it for; empty where no door did.')
  readonly breaches: readonly RejectedEventBreach[];

  @AnswerTime({ description: 'When the server got it, by the server’s clock.' })
  readonly receivedAt: string;

  @AnswerTime({ description: 'When it was set aside.' })
  readonly createdAt: string;

  @AnswerTime({ description: 'When it was stored after all; null until then.', nullable: true })
  readonly resolvedAt: string | null;

  @AnswerCount({ description: 'How often somebody had it sent again.' })
  readonly attempts: number;
}

export class RejectedEventPage {
  @AnswerList(RejectedEventItem, 'Newest receipt first.')
  readonly items: readonly RejectedEventItem[];

  @NextCursor()
  readonly nextCursor: string | null;
}

/** One rejected event with what was sent, as far as it was kept. */
export class RejectedEventView extends RejectedEventItem {
  @AnswerObject({
    description:
      'What was sent; of an event that was taken, as it was normalised. Null where nothing was ' +
      'kept, or where it cannot be read as JSON.',
    nullable: true,
  })
  readonly payload: object | null;

  @AnswerText({
    description:
      'What was kept where it cannot be read as JSON, else null. Without `personal-data:read` only ' +
      'the fields that came in full.',
    nullable: true,
  })
  readonly payloadText: string | null;

  @AnswerFlag({ description: 'Whether only the first 8 KiB of what was sent were kept.' })
  readonly truncated: boolean;

  @AnswerText({
    description:
      'PostgreSQL’s own words, or the writer’s; they may quote the event, so null without ' +
      '`personal-data:read`.',
    nullable: true,
  })
  readonly detail: string | null;

  @AnswerText({
    description: 'Where it came from; null where it was not noted.',
    nullable: true,
    example: '203.0.113.7',
  })
  readonly ipAddress: string | null;

  @AnswerText({
    description: 'The sender’s user agent; null where it was not noted.',
    nullable: true,
  })
  readonly userAgent: string | null;

  @AnswerText({
    description: 'Finds the log lines of its request; null where it was not noted.',
    nullable: true,
  })
  readonly requestId: string | null;
}
