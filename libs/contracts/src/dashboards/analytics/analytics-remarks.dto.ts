import { AnswerCount } from '../../answer-fields.js';

/** What came and is in no figure. */
export class AnalyticsLeftOut {
  @AnswerCount({
    description:
      'Events whose `props.revenueCents` is no whole number: all else of them counts, their ' +
      'revenue does not.',
    example: 1,
  })
  readonly invalidRevenues: number;
}
