import {
  COMMERCE_ORDERS_EXAMPLE,
  COMMERCE_PAYOUTS_EXAMPLE,
  COMMERCE_REFERRALS_EXAMPLE,
  CommerceOrders,
  CommerceOrdersQuestion,
  CommercePayouts,
  CommercePayoutsQuestion,
  CommerceReferrals,
  CommerceReferralsQuestion,
} from '#libs/contracts';
import { Allows, type Caller, CurrentCaller, ForOwners, ProblemDocument } from '#libs/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBadRequestResponse, ApiOkResponse, ApiOperation, ApiQuery } from '@nestjs/swagger';
import { CommerceLedgers } from './commerce-ledgers.js';
import { DAYS_OF_COMMERCE, FIGURES, INCOME, QUESTION_BROKEN } from './commerce.guide.js';

@Allows('dashboards:read')
@ForOwners('organization')
@Controller('dashboards/commerce')
export class CommerceLedgersController {
  constructor(private readonly ledgers: CommerceLedgers) {}

  @Get('orders')
  @ApiOperation({
    summary: 'What became of the orders?',
    description:
      'Orders whose first event is in the days asked for, newest first, each with its state, its ' +
      `amounts and what its events were. No personal data.\n\n${INCOME}\n\n${DAYS_OF_COMMERCE}`,
  })
  @ApiQuery({ name: 'from', required: false, example: '2026-01-01' })
  @ApiQuery({ name: 'to', required: false, example: '2026-01-30' })
  @ApiOkResponse({ type: CommerceOrders, description: FIGURES, example: COMMERCE_ORDERS_EXAMPLE })
  @ApiBadRequestResponse({ type: ProblemDocument, description: QUESTION_BROKEN })
  orders(
    @Query() question: CommerceOrdersQuestion,
    @CurrentCaller() caller: Caller,
  ): Promise<CommerceOrders> {
    return this.ledgers.orders(question, caller);
  }

  @Get('referrals')
  @ApiOperation({
    summary: 'What came of referrals?',
    description:
      'From links to claims to what they earned, and the ledger of all of it, newest first. What is ' +
      'told more than once is one entry, as it was told first: a link by its code, a claim by code ' +
      'and referee, a commission by referrer and order, a tier by user and tiers, a credit or ' +
      'payout by its id. Over HTTP a credit has no id: there each request is a credit of its ' +
      `own.\n\n${DAYS_OF_COMMERCE}`,
  })
  @ApiQuery({ name: 'from', required: false, example: '2026-01-01' })
  @ApiQuery({ name: 'to', required: false, example: '2026-01-30' })
  @ApiOkResponse({
    type: CommerceReferrals,
    description: FIGURES,
    example: COMMERCE_REFERRALS_EXAMPLE,
  })
  @ApiBadRequestResponse({ type: ProblemDocument, description: QUESTION_BROKEN })
  referrals(
    @Query() question: CommerceReferralsQuestion,
    @CurrentCaller() caller: Caller,
  ): Promise<CommerceReferrals> {
    return this.ledgers.referrals(question, caller);
  }

  @Get('payouts')
  @ApiOperation({
    summary: 'Was sent what was calculated for contributors?',
    description:
      'A calculation and the payouts that were sent meet by organization, contributor, period and ' +
      'currency. Of several calculations the last one counts; a payout is known by its id, and ' +
      'counts once, over whichever transport. Each such pair is shown whole where any of it ' +
      `happened in these days; one without the other is shown too.\n\n${DAYS_OF_COMMERCE}`,
  })
  @ApiQuery({ name: 'from', required: false, example: '2026-01-01' })
  @ApiQuery({ name: 'to', required: false, example: '2026-01-30' })
  @ApiOkResponse({ type: CommercePayouts, description: FIGURES, example: COMMERCE_PAYOUTS_EXAMPLE })
  @ApiBadRequestResponse({ type: ProblemDocument, description: QUESTION_BROKEN })
  payouts(
    @Query() question: CommercePayoutsQuestion,
    @CurrentCaller() caller: Caller,
  ): Promise<CommercePayouts> {
    return this.ledgers.payouts(question, caller);
  }
}
