import { CHECKOUT_SUMMARY_EXAMPLE, CheckoutQuestion, CheckoutSummary } from '#libs/contracts';
import { Allows, ProblemDocument } from '#libs/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBadRequestResponse, ApiOkResponse, ApiOperation, ApiQuery } from '@nestjs/swagger';
import { CheckoutDashboards } from './checkout-dashboards.js';

@Allows('dashboards:read')
@Controller('dashboards/checkout')
export class CheckoutDashboardsController {
  constructor(private readonly dashboards: CheckoutDashboards) {}

  @Get('summary')
  @ApiOperation({
    summary: 'How much went on in the checkouts?',
    description:
      'Sessions, events by name and conversions of some days; of the last 30 days, with today as ' +
      'the last of them, where the question does not say.\n\n' +
      'Days are days of UTC, both ends included. An event counts on the day on which it happened ' +
      'by the sender’s clock, however late it comes; one that claims to be over 24 hours ahead of ' +
      'its receipt counts on the day of its receipt. Sandboxes and developers are left out, and ' +
      'counted beside the figures, unless `traffic=all` is asked for.\n\n' +
      'The answer says which days and filters it is about, when the database was read, and ' +
      'whether its last day is over.',
  })
  // The days of the example events.
  @ApiQuery({ name: 'from', required: false, example: '2026-01-01' })
  @ApiQuery({ name: 'to', required: false, example: '2026-01-30' })
  @ApiOkResponse({
    type: CheckoutSummary,
    description: 'The figures, with what they are about.',
    example: CHECKOUT_SUMMARY_EXAMPLE,
  })
  @ApiBadRequestResponse({ type: ProblemDocument, description: 'The question breaks its rules.' })
  summary(@Query() question: CheckoutQuestion): Promise<CheckoutSummary> {
    return this.dashboards.summary(question);
  }
}
