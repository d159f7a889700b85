import { AnswerText } from '../../answer-fields.js';
import { DashboardAnswer } from '../dashboard-answer.dto.js';

/** What every dashboard of the creators' platform says beside its figures. */
export class AnalyticsAnswer extends DashboardAnswer {
  @AnswerText({
    description:
      'The currency of every amount here, which is in its hundredths: the platform’s own, a ' +
      'setting (`PLATFORM_CURRENCY`).',
    example: 'USD',
  })
  readonly currency: string;
}
