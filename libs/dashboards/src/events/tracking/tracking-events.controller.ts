import { TrackingEventPage, EventReceiptView, ListTrackingEventsQuery } from '#libs/contracts';
import { Allows, type Caller, CurrentCaller, isAllowed, ProblemDocument } from '#libs/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBadRequestResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { TrackingEventPath } from '../event-path.dto.js';
import { Events } from '../events.js';
import { TRACKING_EVENTS } from './tracking-events.table.js';

@Allows('events:read')
@Controller('events/tracking')
export class TrackingEventsController {
  constructor(private readonly events: Events) {}

  @Get()
  @ApiOperation({
    summary: 'List stored tracking events',
    description:
      'Newest event time first. Addresses are redacted unless the key has the scope ' +
      '`personal-data:read`.',
  })
  @ApiOkResponse({ type: TrackingEventPage, description: 'A page of events.' })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' })
  list(
    @Query() query: ListTrackingEventsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<TrackingEventPage> {
    return this.events.list(TRACKING_EVENTS, query, isAllowed(caller, 'personal-data:read'));
  }

  @Get(':eventId/receipt')
  @ApiOperation({
    summary: 'What became of a tracking event?',
    description:
      'Everything that came with this id: stored, in conflict with an earlier one, or rejected. ' +
      '`not_known_yet` means never heard of, or still on its way.',
  })
  @ApiOkResponse({ type: EventReceiptView, description: 'All that is known of this id.' })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' })
  receipt(@Param() { eventId }: TrackingEventPath): Promise<EventReceiptView> {
    return this.events.receipt(TRACKING_EVENTS, eventId);
  }
}
