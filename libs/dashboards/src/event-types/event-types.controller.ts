import { EVENT_TYPE_REGISTRY, EventTypePage } from '#libs/contracts';
import { Public } from '#libs/platform';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';

const ALL: EventTypePage = { items: EVENT_TYPE_REGISTRY, nextCursor: null };

@Controller('event-types')
export class EventTypesController {
  @Get()
  @Public('It is part of the published contract.')
  @Header('Cache-Control', 'public, max-age=3600')
  @ApiOperation({
    summary: 'List the known types of analytics events',
    description:
      'For those who send events, and for code that is made from it. The list is open: events of ' +
      'other types are taken and stored, but no dashboard knows them. It may be cached for an hour.',
  })
  @ApiOkResponse({ type: EventTypePage, description: 'All of them, on one page.' })
  list(): EventTypePage {
    return ALL;
  }
}
