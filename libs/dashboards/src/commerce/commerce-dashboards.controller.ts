import {
  COMMERCE_EVENT_TYPES_EXAMPLE,
  COMMERCE_ORGANIZATIONS_EXAMPLE,
  COMMERCE_REVENUE_EXAMPLE,
  CommerceEventTypes,
  CommerceOrganizations,
  CommerceOrganizationsQuestion,
  CommerceQuestion,
  CommerceRevenue,
  CommerceRevenueQuestion,
} from '#libs/contracts';
import { Allows, type Caller, CurrentCaller, ForOwners, ProblemDocument } from '#libs/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBadRequestResponse, ApiOkResponse, ApiOperation, ApiQuery } from '@nestjs/swagger';
import { CommerceDashboards } from './commerce-dashboards.js';
import { DAYS_OF_COMMERCE, FIGURES, INCOME, QUESTION_BROKEN } from './commerce.guide.js';

@Allows('dashboards:read')
@Controller('dashboards/commerce')
export class CommerceDashboardsController {
  constructor(private readonly dashboards: CommerceDashboards) {}

  @Get('revenue')
  @ForOwners('organization')
  @ApiOperation({
    summary: 'What was earned?',
    description: `Net revenue by currency and day.\n\n${INCOME}\n\n${DAYS_OF_COMMERCE}`,
  })
  // The days of the example events.
  @ApiQuery({ name: 'from', required: false, example: '2026-01-01' })
  @ApiQuery({ name: 'to', required: false, example: '2026-01-30' })
  @ApiOkResponse({ type: CommerceRevenue, description: FIGURES, example: COMMERCE_REVENUE_EXAMPLE })
  @ApiBadRequestResponse({ type: ProblemDocument, description: QUESTION_BROKEN })
  revenue(
    @Query() question: CommerceRevenueQuestion,
    @CurrentCaller() caller: Caller,
  ): Promise<CommerceRevenue> {
    return this.dashboards.revenue(question, caller);
  }

  @Get('events')
  @ForOwners('organization')
  @ApiOperation({
    summary: 'How often did what happen?',
    description:
      'Every commerce event, counted by type and day, also those that no other figure is made of. ' +
      'An event that comes over both transports, such as `order_completed` and `order.completed` ' +
      'of one order, is two events here, and one order in every other figure.\n\n' +
      DAYS_OF_COMMERCE,
  })
  @ApiQuery({ name: 'from', required: false, example: '2026-01-01' })
  @ApiQuery({ name: 'to', required: false, example: '2026-01-30' })
  @ApiOkResponse({
    type: CommerceEventTypes,
    description: FIGURES,
    example: COMMERCE_EVENT_TYPES_EXAMPLE,
  })
  @ApiBadRequestResponse({ type: ProblemDocument, description: QUESTION_BROKEN })
  events(
    @Query() question: CommerceQuestion,
    @CurrentCaller() caller: Caller,
  ): Promise<CommerceEventTypes> {
    return this.dashboards.eventTypes(question, caller);
  }

  @Get('organizations')
  @ApiOperation({
    summary: 'Which organizations sell most?',
    description:
      'Those with most orders, with their revenue in each currency. Not for callers that are bound ' +
      `to an owner.\n\n${INCOME}\n\n${DAYS_OF_COMMERCE}`,
  })
  @ApiQuery({ name: 'from', required: false, example: '2026-01-01' })
  @ApiQuery({ name: 'to', required: false, example: '2026-01-30' })
  @ApiOkResponse({
    type: CommerceOrganizations,
    description: FIGURES,
    example: COMMERCE_ORGANIZATIONS_EXAMPLE,
  })
  @ApiBadRequestResponse({ type: ProblemDocument, description: QUESTION_BROKEN })
  organizations(@Query() question: CommerceOrganizationsQuestion): Promise<CommerceOrganizations> {
    return this.dashboards.organizations(question);
  }
}
