import { CheckoutEventPage, EventReceiptView, ListCheckoutEventsQuery } from '#libs/contracts';
import { Allows, type Caller, CurrentCaller, isAllowed, ProblemDocument } from '#libs/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBadRequestResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { CheckoutEventPath } from '../event-path.dto.js';
import { Events } from '../events.js';
import { CHECKOUT_EVENTS } from './checkout-events.table.js';

@Allows('events:read')
@Controller('events/checkout')
export class CheckoutEventsController {
  constructor(private readonly events: Events) {}

  @Get()
  @ApiOperation({
    summary: 'List stored checkout events',
    description:
      'Newest event time first. E-mail, telephone and address are redacted unless the key has the ' +
      'scope `personal-data:read`.',
  })
  @ApiOkResponse({ type: CheckoutEventPage, description: 'A page of events.' })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' })
  list(
    @Query() query: ListCheckoutEventsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<CheckoutEventPage> {
    return this.events.list(CHECKOUT_EVENTS, query, isAllowed(caller, 'personal-data:read'));
  }

  @Get(':eventId/receipt')
  @ApiOperation({
    summary: 'What became of a checkout event?',
    description:
      'Everything that came with this id: stored, waiting for its offer, in conflict with an ' +
      'earlier one, or rejected. `not_known_yet` means never heard of, or still on its way.',
  })
  @ApiOkResponse({ type: EventReceiptView, description: 'All that is known of this id.' })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' })
  receipt(@Param() { eventId }: CheckoutEventPath): Promise<EventReceiptView> {
    return this.events.receipt(CHECKOUT_EVENTS, eventId);
  }
}
