import {
  AnswerCount,
  AnswerFlag,
  AnswerList,
  AnswerText,
  AnswerTexts,
  AnswerTime,
  AnswerValue,
} from '../answer-fields.js';
import { TextField } from '../fields.js';
import { JOB_IDS, JOB_KINDS, type JobId, type JobKind } from './jobs.catalogue.js';

const JOB_ID = {
  description: 'Names the job.',
  name: 'JobId',
  values: JOB_IDS,
  example: 'checkout-funnel-daily',
};

/** The job that a path names. */
export class JobPath {
  @TextField({
    description: 'The job, as the list shows it.',
    maxLength: 64,
    example: JOB_ID.example,
  })
  readonly id: string;
}

/** What a job did. */
export class JobRunView {
  @AnswerTime({ description: 'When it began.', example: '2026-01-30T12:00:00.012Z' })
  readonly startedAt: string;

  @AnswerTime({ description: 'When it ended.', example: '2026-01-30T12:00:58.431Z' })
  readonly endedAt: string;

  @AnswerCount({
    description:
      'How many runs this entry stands for: those of a minute, where a job runs often and its ' +
      'runs end alike.',
    example: 29,
  })
  readonly runs: number;

  @AnswerCount({ description: 'How long they worked, together.', example: 412 })
  readonly durationMs: number;

  @AnswerCount({ description: 'Rows that were written, or removed.', example: 74 })
  readonly rows: number;

  @AnswerTexts({
    description: 'The UTC days whose figures it changed; of many the newest 31.',
    example: ['2026-01-29', '2026-01-30'],
  })
  readonly days: readonly string[];

  @AnswerCount({
    description:
      'Rows that a recount found to be wrong, and mended; null for jobs that compare nothing.',
    nullable: true,
    example: 0,
  })
  readonly difference: number | null;

  @AnswerText({
    description: 'What went wrong, in at most 500 characters; null where nothing did.',
    nullable: true,
    example: 'error: canceling statement due to statement timeout',
  })
  readonly error: string | null;
}

/** A job, and how it is getting on. */
export class JobView {
  @AnswerValue(JOB_ID)
  readonly id: JobId;

  @AnswerValue({
    description:
      'A `projection` folds new events into rows that figures are counted from, a `rollup` counts ' +
      'them by day, `upkeep` looks after all of it.',
    name: 'JobKind',
    values: JOB_KINDS,
    example: 'rollup',
  })
  readonly kind: JobKind;

  @AnswerText({ description: 'What it does.', example: 'Counts the checkout sessions of a day.' })
  readonly description: string;

  @AnswerText({
    description: 'When it runs; one that has nothing to do leaves no entry.',
    example: 'every 2 s',
  })
  readonly schedule: string;

  @AnswerFlag({ description: 'Whether a process is at it now.', example: false })
  readonly isRunning: boolean;

  @AnswerCount({
    description:
      'For how many seconds the oldest thing has waited that it has still to do; null for upkeep, ' +
      'for which nothing waits.',
    nullable: true,
    example: 1,
  })
  readonly lagSeconds: number | null;

  @AnswerTime({
    description: 'When it runs next, if a process with the role `worker` is there.',
    example: '2026-01-30T12:01:00.000Z',
  })
  readonly nextRunAt: string;

  @AnswerTime({
    description: 'When it last ended well; null where it never did.',
    nullable: true,
    example: '2026-01-30T12:00:58.431Z',
  })
  readonly lastSuccessAt: string | null;

  @AnswerList(JobRunView, 'What it did, newest first.')
  readonly runs: readonly JobRunView[];
}

/** Every job, each with its last entry. */
export class JobPage {
  @AnswerList(JobView, 'All jobs; of the runs of each the last entry.')
  readonly items: readonly JobView[];

  @AnswerText({ description: 'Always null: there are few jobs.', nullable: true })
  readonly nextCursor: null;
}
