import { AnswerCount, AnswerList, AnswerText, AnswerValue, NextCursor } from '../answer-fields.js';
import { RejectedEventBreach } from './rejected-event.dto.js';
import { RETRY_VERDICTS, type RetryVerdict } from './retry-verdict.catalogue.js';

/** What became of one of them. */
export class RetriedEvent {
  @AnswerText({
    description: 'Which rejected event.',
    example: '5f0c9a4e-3f5b-8d2a-9c1e-7b6a5d4c3b2a',
  })
  readonly id: string;

  @AnswerText({
    description: 'The sender’s id of it; null where it is not known.',
    nullable: true,
    example: 'event-1',
  })
  readonly eventId: string | null;

  @AnswerValue({
    description:
      '`retried`: it is in the event log again and survives a crash; its receipt tells when it is ' +
      'stored. `still_refused`: it still breaks its contract. `waits_by_itself`: it is stored as ' +
      'soon as its offer exists. `already_stored`. `not_retryable`: never. `failed`: our fault, and ' +
      'nothing changed; ask again. `not_found`: there is no such rejected event.',
    name: 'RetryVerdict',
    values: RETRY_VERDICTS,
  })
  readonly verdict: RetryVerdict;

  @AnswerList(RejectedEventBreach, 'Of an event that is still refused: what is wrong now.')
  readonly breaches: readonly RejectedEventBreach[];

  @AnswerText({
    description: 'The verdict in words.',
    example: 'It is in the event log again. Its receipt tells when it is stored.',
  })
  readonly explanation: string;
}

/** What became of all of them. */
export class RetryReport {
  @AnswerCount({ description: 'How many rejected events were found.' })
  readonly matched: number;

  @AnswerCount({ description: 'Of these, in the event log again.' })
  readonly retried: number;

  @AnswerCount({ description: 'Of these, still in breach of their contract.' })
  readonly stillRefused: number;

  @AnswerCount({
    description: 'Of these, such as a retry cannot help: stored already, waiting, or for good.',
  })
  readonly notRetryable: number;

  @AnswerCount({ description: 'Of these, not sent again by our fault.' })
  readonly failed: number;

  @AnswerList(RetriedEvent, 'Each by itself, in the order of `ids`, or oldest receipt first.')
  readonly items: readonly RetriedEvent[];

  @NextCursor()
  readonly nextCursor: string | null;
}
