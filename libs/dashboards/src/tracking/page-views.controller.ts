import { PAGE_VIEWS_EXAMPLE, PageViews, PageViewsQuestion } from '#libs/contracts';
import { Allows, ProblemDocument } from '#libs/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBadRequestResponse, ApiOkResponse, ApiOperation, ApiQuery } from '@nestjs/swagger';
import { COUNTED } from './counted.js';
import { PageViewDashboard } from './page-view-dashboard.js';

@Allows('dashboards:read')
@Controller('dashboards/tracking')
export class PageViewsController {
  constructor(private readonly pages: PageViewDashboard) {}

  @Get('page-views')
  @ApiOperation({
    summary: 'Which pages are viewed, and by how many?',
    description:
      'Views, visitors and sessions: in all, of each day, and of the paths with the most views. ' +
      'A visitor is a `trackId`, a session a `sessionId`; each is counted once over all the days ' +
      'that a figure is about, exactly, so that days do not add up. `pathPrefix` chooses which ' +
      'paths are listed; the total and the days are those of all pages.\n\n' +
      'Paths may be anything, so of a day the 1000 most viewed are told by their name. A path ' +
      'that is listed is counted on all days.\n\n' +
      COUNTED,
  })
  // The days of the example events.
  @ApiQuery({ name: 'from', required: false, example: '2026-01-01' })
  @ApiQuery({ name: 'to', required: false, example: '2026-01-30' })
  @ApiOkResponse({
    type: PageViews,
    description: 'The figures, with what they are about.',
    example: PAGE_VIEWS_EXAMPLE,
  })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' })
  views(@Query() question: PageViewsQuestion): Promise<PageViews> {
    return this.pages.answer(question);
  }
}
