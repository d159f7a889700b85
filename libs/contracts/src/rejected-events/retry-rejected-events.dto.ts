import { TextField } from '../fields.js';
import { ExactlyOneOf, ObjectField, OnlyWith, UuidListField } from '../nested-fields.js';
import { WholeNumberField } from '../query-fields.js';
import { RejectedEventFilter } from './list-rejected-events.dto.js';

/** The most events that one request sends again. */
export const MOST_RETRIED = 1000;

/** Which rejected events to send again: some by their ids, or all that fit a filter. */
@ExactlyOneOf('ids', 'filter')
export class RetryRejectedEventsDto {
  @UuidListField({
    description: 'The `id`s that lists show, not the senders’ `eventId`s. Instead of `filter`.',
    most: MOST_RETRIED,
    optional: true,
  })
  readonly ids?: readonly string[];

  @ObjectField({
    description:
      'Everything that fits, oldest receipt first. Without a `state` only `refused` and `rejected` ' +
      'events fit: the others cannot be helped by a retry. Instead of `ids`.',
    type: RejectedEventFilter,
    optional: true,
  })
  readonly filter?: RejectedEventFilter;

  @OnlyWith('filter')
  @WholeNumberField({
    description: 'How many events at most, with `filter`.',
    minimum: 1,
    maximum: MOST_RETRIED,
    default: MOST_RETRIED,
    optional: true,
  })
  readonly limit?: number;

  @OnlyWith('filter')
  @TextField({
    description: '`nextCursor` of the answer before, with the same `filter`.',
    maxLength: 1000,
    optional: true,
  })
  readonly cursor?: string;
}
