import { AnalyticsEventPage, EventReceiptView, ListAnalyticsEventsQuery } from '#libs/contracts';
import { SensitiveProps } from '#libs/database';
import { Allows, type Caller, CurrentCaller, isAllowed, ProblemDocument } from '#libs/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBadRequestResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { AnalyticsEventPath } from '../event-path.dto.js';
import { Events } from '../events.js';
import { analyticsEvents } from './analytics-events.table.js';

@Allows('events:read')
@Controller('events/analytics')
export class AnalyticsEventsController {
  private readonly table: ReturnType<typeof analyticsEvents>;

  constructor(
    private readonly events: Events,
    sensitive: SensitiveProps,
  ) {
    this.table = analyticsEvents(sensitive);
  }

  @Get()
  @ApiOperation({
    summary: 'List stored analytics events',
    description:
      'Newest event time first. Personal data in `propsJson` and `attribution` is masked unless the ' +
      'key has the scope `personal-data:read`; of what is stored encrypted nothing is shown then. ' +
      '`[unreadable]` stands for what cannot be decrypted.',
  })
  @ApiOkResponse({ type: AnalyticsEventPage, description: 'A page of events.' })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' })
  list(
    @Query() query: ListAnalyticsEventsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<AnalyticsEventPage> {
    return this.events.list(this.table, query, isAllowed(caller, 'personal-data:read'));
  }

  @Get(':eventId/receipt')
  @ApiOperation({
    summary: 'What became of an analytics event?',
    description:
      'Everything that came with the id that its sender was answered: stored, in conflict with an ' +
      'earlier one, or rejected. `not_known_yet` means never heard of, or still on its way.',
  })
  @ApiOkResponse({ type: EventReceiptView, description: 'All that is known of this id.' })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' })
  receipt(@Param() { eventId }: AnalyticsEventPath): Promise<EventReceiptView> {
    return this.events.receipt(this.table, eventId);
  }
}
