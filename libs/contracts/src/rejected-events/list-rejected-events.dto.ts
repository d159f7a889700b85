import { IntersectionType } from '@nestjs/swagger';
import { CatalogueField, TextField } from '../fields.js';
import { PageQuery } from '../page.dto.js';
import { InstantField } from '../query-fields.js';
import {
  REJECTED_EVENT_REASONS,
  REJECTED_EVENT_STATES,
  type RejectedEventReason,
  type RejectedEventState,
} from './rejected-event.catalogue.js';

/** Which rejected events are meant: those that fit all that is said. */
export class RejectedEventFilter {
  @CatalogueField({
    description: 'Only events in this state.',
    name: 'RejectedEventState',
    values: REJECTED_EVENT_STATES,
    optional: true,
  })
  readonly state?: RejectedEventState;

  @CatalogueField({
    description: 'Only events set aside for this reason.',
    name: 'RejectedEventReason',
    values: REJECTED_EVENT_REASONS,
    optional: true,
  })
  readonly reason?: RejectedEventReason;

  @TextField({
    description: 'Only events of this contract, such as `checkout`.',
    maxLength: 64,
    optional: true,
  })
  readonly contract?: string;

  @TextField({
    description: 'Only events of this offer, as far as it could be read.',
    maxLength: 200,
    optional: true,
  })
  readonly offerId?: string;

  @TextField({
    description: 'Only what came with this id, as far as it could be read.',
    maxLength: 200,
    optional: true,
  })
  readonly eventId?: string;

  @InstantField({
    description:
      'The earliest time of receipt: a day of UTC (`2026-01-31`) or a time with its zone ' +
      '(`2026-01-31T12:00:00Z`).',
    optional: true,
  })
  readonly from?: string;

  @InstantField({
    description:
      'Only events received before this time. A day means its beginning, so the day itself is ' +
      'left out.',
    optional: true,
  })
  readonly to?: string;
}

export class ListRejectedEventsQuery extends IntersectionType(RejectedEventFilter, PageQuery) {}
