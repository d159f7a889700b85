import {
  ABANDONED_CHECKOUTS_EXAMPLE,
  AbandonedCheckouts,
  AbandonedCheckoutsQuestion,
} from '#libs/contracts';
import { Allows, type Caller, CurrentCaller, ForOwners } from '#libs/platform';
import { Controller, Header, Query } from '@nestjs/common';
import { AbandonedCheckoutLists } from './abandoned-checkouts.js';
import { SessionsDashboard } from './checkout-dashboard.decorator.js';

@Allows('personal-data:read')
@ForOwners('producer')
@Controller('dashboards/checkout')
export class AbandonedCheckoutsController {
  constructor(private readonly lists: AbandonedCheckoutLists) {}

  @Header('Cache-Control', 'no-store')
  @SessionsDashboard({
    path: 'abandoned',
    summary: 'Who left a way to be reached, and did not buy?',
    description:
      'Sessions with an e-mail address or a telephone number and without a conversion, that ' +
      'nothing was heard of for `quietMinutes`; those that began last first. The address and the ' +
      'number are the last that were left, read from the stored events. Every page that is ' +
      'answered is noted, with who asked for what: `GET /personal-data-accesses`.',
    answer: AbandonedCheckouts,
    example: ABANDONED_CHECKOUTS_EXAMPLE,
  })
  abandoned(
    @Query() question: AbandonedCheckoutsQuestion,
    @CurrentCaller() caller: Caller,
  ): Promise<AbandonedCheckouts> {
    return this.lists.answer(question, caller);
  }
}
