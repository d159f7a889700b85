import { AnswerCount, AnswerPart, AnswerText } from '../../answer-fields.js';
import { TextField } from '../../fields.js';
import { DashboardAnswer } from '../dashboard-answer.dto.js';
import { DayRangeQuery } from '../day-range.dto.js';

/** What every commerce dashboard can be asked: some days, of one organization or of all. */
export class CommerceQuestion extends DayRangeQuery {
  @TextField({
    description:
      'Only this organization; empty: what names none. A caller that is bound to one asks about ' +
      'that one, whether it says so or not; another one does not exist for it.',
    maxLength: 200,
    optional: true,
  })
  readonly organizationId?: string;
}

/** The filters of the question, as they were understood; null where there was none. */
export class CommerceFilters {
  @AnswerText({ description: 'The organization.', nullable: true, example: 'acme' })
  readonly organizationId: string | null;
}

/** What every commerce dashboard says of itself. */
export class CommerceAnswer extends DashboardAnswer {
  @AnswerPart(CommerceFilters, 'The filters of the question, as they were understood.')
  readonly filters: CommerceFilters;
}

/** What is in no total, of these days and this organization, in whatever currency. */
export class CommerceLeftOut {
  @AnswerCount({
    description: 'Completed orders whose amount or currency cannot be read, or was not sent.',
    example: 1,
  })
  readonly orders: number;

  @AnswerCount({
    description:
      'Refunds that cannot be read, are in another currency than their order, or whose order is no ' +
      'income: it was never completed, or is left out itself.',
    example: 1,
  })
  readonly refunds: number;

  @AnswerCount({
    description: 'Credits, commissions and payouts whose amount or currency cannot be read.',
    example: 0,
  })
  readonly payments: number;

  @AnswerCount({
    description: 'Events that complete, cancel or refund an order and do not say which one.',
    example: 0,
  })
  readonly eventsWithoutOrder: number;
}
