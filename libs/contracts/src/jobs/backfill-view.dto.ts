import {
  AnswerCount,
  AnswerDay,
  AnswerFlag,
  AnswerList,
  AnswerPercentage,
  AnswerText,
  AnswerTime,
  AnswerValue,
  AnswerValues,
  NextCursor,
} from '../answer-fields.js';
import { BACKFILL_STATES, type BackfillState } from './backfill.catalogue.js';
import { ROLLUP_IDS } from './backfill.dto.js';
import { JOB_IDS, type JobId, type JobIdOf } from './jobs.catalogue.js';

/** Rows of one table that a day's recount found to be wrong. */
export class BackfillDifference {
  @AnswerValue({
    description: 'The projection or rollup whose rows they are.',
    name: 'JobId',
    values: JOB_IDS,
    example: 'checkout-sessions',
  })
  readonly of: JobId;

  @AnswerCount({
    description: 'Rows that were added, changed or removed; in a dry run, that would be.',
    example: 3,
  })
  readonly rows: number;
}

/** What a backfill did with a day. */
export class BackfillDayView {
  @AnswerDay({ description: 'The day, in UTC.', example: '2026-01-30' })
  readonly day: string;

  @AnswerCount({
    description:
      'Raw events of the day that were read. 0: none is left or there never was one, and the ' +
      'figures of the day stay as they are.',
    example: 166_805,
  })
  readonly rows: number;

  @AnswerCount({ description: 'How long it took.', example: 2140 })
  readonly durationMs: number;

  @AnswerCount({ description: 'All differences together.', example: 3 })
  readonly difference: number;

  @AnswerList(BackfillDifference, 'What was not as its events make it; empty where all was right.')
  readonly differences: readonly BackfillDifference[];
}

/** A backfill, and how far it is. */
export class BackfillView {
  @AnswerCount({ description: 'Names the backfill.', example: 1 })
  readonly id: number;

  @AnswerDay({ description: 'The first day.', example: '2026-01-01' })
  readonly from: string;

  @AnswerDay({ description: 'The last day, itself included.', example: '2026-01-31' })
  readonly to: string;

  @AnswerFlag({ description: 'Whether it changes nothing.', example: false })
  readonly dryRun: boolean;

  @AnswerValues({
    description: 'The figures that are counted again.',
    name: 'RollupId',
    values: ROLLUP_IDS,
    example: ['checkout-funnel-daily'],
  })
  readonly rollups: readonly JobIdOf<'rollup'>[];

  @AnswerValue({
    description:
      '`queued`: it waits for another one, or for a process with the role `worker`. `running`: at ' +
      'work, or goes on by itself once a worker is there. `stopped` can be resumed, and so can ' +
      '`failed`, which was given up after an error that came again and again.',
    name: 'BackfillState',
    values: BACKFILL_STATES,
    example: 'running',
  })
  readonly state: BackfillState;

  @AnswerFlag({ description: 'Whether it stops after the day in hand.', example: false })
  readonly isStopping: boolean;

  @AnswerTime({ description: 'When it was asked for.', example: '2026-02-01T09:00:00.000Z' })
  readonly requestedAt: string;

  @AnswerTime({
    description: 'When it first began; null while it waits.',
    nullable: true,
    example: '2026-02-01T09:00:01.012Z',
  })
  readonly startedAt: string | null;

  @AnswerTime({
    description: 'When it was done, stopped or given up; null before.',
    nullable: true,
    example: '2026-02-01T09:01:08.431Z',
  })
  readonly endedAt: string | null;

  @AnswerCount({ description: 'Days in all.', example: 31 })
  readonly days: number;

  @AnswerCount({ description: 'Days that are done, the newest first.', example: 2 })
  readonly daysDone: number;

  @AnswerPercentage({ description: 'Days that are done, of all.', example: 6.5 })
  readonly progress: number;

  @AnswerDay({
    description: 'The day that is in hand, or comes next; null where none is left.',
    nullable: true,
    example: '2026-01-29',
  })
  readonly currentDay: string | null;

  @AnswerCount({ description: 'Raw events that were read.', example: 333_610 })
  readonly rows: number;

  @AnswerCount({
    description: 'Raw events a second; null before the first day is done.',
    nullable: true,
    example: 77_890,
  })
  readonly rowsPerSecond: number | null;

  @AnswerCount({
    description:
      'For how many seconds it will go on, if the days to come are like those that are done; null ' +
      'where nobody can tell, or it is not at work.',
    nullable: true,
    example: 62,
  })
  readonly secondsLeft: number | null;

  @AnswerCount({
    description: 'Rows of projections and rollups that it changed; in a dry run, would change.',
    example: 3,
  })
  readonly difference: number;

  @AnswerText({
    description:
      'What went wrong last, in at most 500 characters; null where nothing did, or it worked since.',
    nullable: true,
    example: 'error: canceling statement due to statement timeout',
  })
  readonly error: string | null;
}

/** A backfill with what it did day by day. */
export class BackfillDetailView extends BackfillView {
  @AnswerList(BackfillDayView, 'The days that are done, newest first.')
  readonly doneDays: readonly BackfillDayView[];
}

/** Backfills, newest first. */
export class BackfillPage {
  @AnswerList(BackfillView, 'Backfills, the newest first.')
  readonly items: readonly BackfillView[];

  @NextCursor()
  readonly nextCursor: string | null;
}
