import { AnswerCount, AnswerList, AnswerPart, AnswerText } from '../../answer-fields.js';
import { WholeNumberField } from '../../query-fields.js';
import { DashboardAnswer } from '../dashboard-answer.dto.js';
import { DayRangeQuery } from '../day-range.dto.js';
import { CommerceLeftOut } from './commerce-question.dto.js';
import { RevenueTotals } from './commerce-revenue.dto.js';

export class CommerceOrganizationsQuestion extends DayRangeQuery {
  @WholeNumberField({
    description: 'How many organizations at most.',
    minimum: 1,
    maximum: 500,
    default: 50,
    optional: true,
  })
  readonly limit: number = 50;
}

/** The figures of one organization. */
export class OrganizationFigures {
  @AnswerText({
    description: 'Its id; null for what names none.',
    nullable: true,
    example: 'acme',
  })
  readonly organizationId: string | null;

  @AnswerCount({ description: 'Its events, of whatever type.', example: 310 })
  readonly events: number;

  @AnswerCount({ description: 'Orders that became income, in whatever currency.', example: 40 })
  readonly orders: number;

  @AnswerList(RevenueTotals, 'One entry a currency, by its code.')
  readonly currencies: readonly RevenueTotals[];

  @AnswerPart(CommerceLeftOut, 'What its totals leave out.')
  readonly leftOut: CommerceLeftOut;
}

/** Organizations with most orders. */
export class CommerceOrganizations extends DashboardAnswer {
  @AnswerCount({ description: 'Organizations with an event in these days.', example: 1 })
  readonly organizations: number;

  @AnswerList(OrganizationFigures, 'Those with most orders first, then with most events.')
  readonly items: readonly OrganizationFigures[];
}
