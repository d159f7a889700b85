import { AnswerDay, AnswerFlag, AnswerValue } from '../answer-fields.js';
import { DayField } from '../query-fields.js';

/** How many days are meant where a question does not say; today is the last of them. */
export const DAYS_BY_DEFAULT = 30;

/** A question for more days than this is refused. */
export const MOST_DAYS = 400;

/** The days that a dashboard is asked about, both included. Questions of dashboards extend it. */
export class DayRangeQuery {
  @DayField({
    description:
      `The first day, in UTC. Without it: ${DAYS_BY_DEFAULT} days, of which \`to\` is the last. ` +
      `At most ${MOST_DAYS} days in all.`,
    optional: true,
  })
  readonly from?: string;

  @DayField({
    description: 'The last day, in UTC, itself included. Without it: today.',
    optional: true,
  })
  readonly to?: string;
}

/** The days that an answer is about: as they were asked, or meant. */
export class DayRangeView {
  @AnswerDay({ description: 'The first day.', example: '2026-01-01' })
  readonly from: string;

  @AnswerDay({ description: 'The last day, itself included.', example: '2026-01-30' })
  readonly to: string;

  @AnswerValue({ description: 'Whose days they are.', name: 'TimeZone', values: ['UTC'] })
  readonly timeZone: 'UTC';

  @AnswerFlag({
    description: 'Whether the last day is not over yet: its figures still grow.',
    example: false,
  })
  readonly isLastDayIncomplete: boolean;
}
