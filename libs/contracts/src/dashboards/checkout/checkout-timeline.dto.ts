import {
  AnswerCount,
  AnswerDay,
  AnswerFlag,
  AnswerList,
  AnswerPart,
  AnswerPercentage,
  AnswerText,
  AnswerTime,
  AnswerValue,
} from '../../answer-fields.js';
import { OmitType } from '@nestjs/swagger';
import { CatalogueField, TextField } from '../../fields.js';
import { TIMELINE_UNITS, type TimelineUnit } from './checkout-funnel.catalogue.js';
import {
  CheckoutSessionsAnswer,
  CheckoutSessionsQuestion,
} from './checkout-sessions-question.dto.js';

/** A timeline by the hour has at most so many days, */
export const MOST_DAYS_BY_HOUR = 14;
/** and one in another time zone than UTC so many. */
export const MOST_DAYS_OF_A_ZONE = 92;

export class CheckoutTimelineQuestion extends CheckoutSessionsQuestion {
  @CatalogueField({
    description:
      `By the day, or by the hour: of at most ${MOST_DAYS_BY_HOUR} days. Without it: by the hour ` +
      'for one day or two, else by the day.',
    name: 'TimelineUnit',
    values: TIMELINE_UNITS,
    optional: true,
  })
  readonly by?: TimelineUnit;

  @TextField({
    description:
      'Whose days are meant, `from` and `to` among them: a name of the IANA database. Without it: ' +
      `UTC. Figures are kept by the hour, so that only zones fit whose days begin on a full hour ` +
      `of UTC; of those at most ${MOST_DAYS_OF_A_ZONE} days.`,
    maxLength: 64,
    optional: true,
    example: 'America/Sao_Paulo',
  })
  readonly timeZone?: string;
}

/** The days of a timeline. */
export class CheckoutTimelineRange {
  @AnswerDay({ description: 'The first day.', example: '2026-01-01' })
  readonly from: string;

  @AnswerDay({ description: 'The last day, itself included.', example: '2026-01-30' })
  readonly to: string;

  @AnswerText({ description: 'Whose days they are.', example: 'America/Sao_Paulo' })
  readonly timeZone: string;

  @AnswerFlag({
    description: 'Whether the last day is not over yet: its figures still grow.',
    example: false,
  })
  readonly isLastDayIncomplete: boolean;
}

/** Sessions that began in a day or an hour. */
export class CheckoutTimelineBucket {
  @AnswerTime({ description: 'Its first moment.', example: '2026-01-01T03:00:00.000Z' })
  readonly start: string;

  @AnswerDay({ description: 'The day in the time zone of the question.', example: '2026-01-01' })
  readonly day: string;

  @AnswerCount({ description: 'Sessions whose first event is in it.' })
  readonly sessions: number;

  @AnswerCount({ description: 'Those of them that converted, whenever they did.' })
  readonly conversions: number;

  @AnswerPercentage({ description: 'Conversions in a hundred sessions, to two decimals.' })
  readonly conversionRate: number;

  @AnswerFlag({ description: 'Whether it is not over yet.' })
  readonly isIncomplete: boolean;
}

/** Sessions and conversions in the course of some days. */
export class CheckoutTimeline extends OmitType(CheckoutSessionsAnswer, ['range'] as const) {
  @AnswerPart(CheckoutTimelineRange, 'The days that the figures are about.')
  readonly range: CheckoutTimelineRange;

  @AnswerValue({ description: 'What a bucket is.', name: 'TimelineUnit', values: TIMELINE_UNITS })
  readonly by: TimelineUnit;

  @AnswerCount({ description: 'All sessions: the sum of the buckets.' })
  readonly sessions: number;

  @AnswerCount({ description: 'All conversions: the sum of the buckets.' })
  readonly conversions: number;

  @AnswerPercentage({ description: 'Conversions in a hundred sessions, to two decimals.' })
  readonly conversionRate: number;

  @AnswerList(CheckoutTimelineBucket, 'Every day or hour, also those without sessions.')
  readonly buckets: readonly CheckoutTimelineBucket[];
}
