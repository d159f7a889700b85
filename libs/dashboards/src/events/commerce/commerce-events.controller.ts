import { CommerceEventPage, EventReceiptView, ListCommerceEventsQuery } from '#libs/contracts';
import { Allows, type Caller, CurrentCaller, isAllowed, ProblemDocument } from '#libs/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBadRequestResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { CommerceEventPath } from '../event-path.dto.js';
import { Events } from '../events.js';
import { COMMERCE_EVENTS } from './commerce-events.table.js';

@Allows('events:read')
@Controller('events/commerce')
export class CommerceEventsController {
  constructor(private readonly events: Events) {}

  @Get()
  @ApiOperation({
    summary: 'List stored commerce events',
    description:
      'Newest event time first. Personal data is masked unless the key has the scope ' +
      '`personal-data:read`.',
  })
  @ApiOkResponse({ type: CommerceEventPage, description: 'A page of events.' })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' })
  list(
    @Query() query: ListCommerceEventsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<CommerceEventPage> {
    return this.events.list(COMMERCE_EVENTS, query, isAllowed(caller, 'personal-data:read'));
  }

  @Get(':eventId/receipt')
  @ApiOperation({
    summary: 'What became of a commerce event?',
    description:
      'Everything that came with this id: stored, in conflict with an earlier one, or rejected. ' +
      '`not_known_yet` means never heard of, or still on its way.',
  })
  @ApiOkResponse({ type: EventReceiptView, description: 'All that is known of this id.' })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' })
  receipt(@Param() { eventId }: CommerceEventPath): Promise<EventReceiptView> {
    return this.events.receipt(COMMERCE_EVENTS, eventId);
  }
}
