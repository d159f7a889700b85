import { AnswerPart, AnswerTime } from '../answer-fields.js';
import { DayRangeView } from './day-range.dto.js';

/** What every dashboard says of itself beside its figures. Answers of dashboards extend it. */
export class DashboardAnswer {
  @AnswerPart(DayRangeView, 'The days that the figures are about.')
  readonly range: DayRangeView;

  @AnswerTime({
    description:
      'What was stored before this moment is in the figures; what was stored later may be missing.',
    example: '2026-02-03T09:15:00.120Z',
  })
  readonly asOf: string;

  @AnswerTime({
    description:
      'When the newest event that the question covers was received, left out or not; null where ' +
      'there is none. Events are stored within seconds of their receipt; while the database is ' +
      'away they wait, so that newer ones may still be missing.',
    nullable: true,
    example: '2026-01-30T23:59:58.004Z',
  })
  readonly newestReceivedAt: string | null;
}
