import {
  CountRejectedEventsQuery,
  ListRejectedEventsQuery,
  RejectedEventCounts,
  RejectedEventPage,
  RejectedEventPath,
  RejectedEventView,
} from '#libs/contracts';
import { Allows, type Caller, CurrentCaller, isAllowed, ProblemDocument } from '#libs/platform';
import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
} from '@nestjs/swagger';
import { RejectedEvents } from './rejected-events.js';

const NO_EVENT = 'There is no such rejected event.';
const MASKING =
  'E-mail addresses, telephone and card numbers and addresses are masked unless the key has the ' +
  'scope `personal-data:read`.';

@ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' })
@Allows('events:read')
@Controller('rejected-events')
export class RejectedEventsController {
  constructor(private readonly rejectedEvents: RejectedEvents) {}

  @Get()
  @ApiOperation({
    summary: 'List events that are in no table, with the reason and what to do',
    description:
      'What a door refused (a sample: at most five a second and contract are kept), what waits for ' +
      'its offer, what came with the id of another event, and what could not be stored. Newest ' +
      `receipt first. An event is here a moment after it was answered. ${MASKING}`,
  })
  @ApiOkResponse({ type: RejectedEventPage, description: 'A page of them.' })
  list(
    @Query() query: ListRejectedEventsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<RejectedEventPage> {
    return this.rejectedEvents.list(query, readsPersonalData(caller));
  }

  // Before `:id`, or it would be taken for one.
  @Get('counts')
  @ApiOperation({
    summary: 'Count rejected events by day, state and reason',
    description:
      'By the UTC day of receipt, in the state in which they are now; the last 30 days where the ' +
      'question names none. Refusals are a sample: the figure ' +
      '`refusals_dropped_total` tells how many more there were.',
  })
  @ApiOkResponse({ type: RejectedEventCounts, description: 'How many, day by day.' })
  count(@Query() query: CountRejectedEventsQuery): Promise<RejectedEventCounts> {
    return this.rejectedEvents.count(query);
  }

  @Get(':id')
  @ApiOperation({
    summary: 'Show a rejected event with what was sent',
    description: `Of a refused body at most 8 KiB are kept, and nothing where it was no JSON. ${MASKING}`,
  })
  @ApiOkResponse({ type: RejectedEventView, description: 'What is known of it.' })
  @ApiNotFoundResponse({ type: ProblemDocument, description: NO_EVENT })
  async get(
    @Param() { id }: RejectedEventPath,
    @CurrentCaller() caller: Caller,
  ): Promise<RejectedEventView> {
    const view = await this.rejectedEvents.find(id, readsPersonalData(caller));
    if (view === null) throw new NotFoundException(NO_EVENT);
    return view;
  }
}

const readsPersonalData = (caller: Caller): boolean => isAllowed(caller, 'personal-data:read');
