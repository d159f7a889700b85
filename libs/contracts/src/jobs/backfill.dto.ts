import { CatalogueListField, FlagField } from '../fields.js';
import { DayField, WholeNumberField } from '../query-fields.js';
import { MOST_BACKFILL_DAYS } from './backfill.catalogue.js';
import { JOB_IDS, JOBS, type JobIdOf } from './jobs.catalogue.js';

type RollupId = JobIdOf<'rollup'>;

/** What can be asked for by name in a backfill. */
export const ROLLUP_IDS = JOB_IDS.filter((id): id is RollupId => JOBS[id].kind === 'rollup');

/** Which days to recount from their raw events. */
export class BackfillDto {
  @DayField({
    description: `The first day, in UTC. At most ${MOST_BACKFILL_DAYS} days in all.`,
    example: '2026-01-01',
  })
  readonly from: string;

  @DayField({
    description: 'The last day, in UTC, itself included. Not after today.',
    example: '2026-01-31',
  })
  readonly to: string;

  @FlagField({
    description:
      'Changes nothing, and tells what would change. Each day is recounted in a transaction that ' +
      'is rolled back; until it ends, new events wait to be folded.',
    default: false,
    optional: true,
  })
  readonly dryRun?: boolean;

  @CatalogueListField({
    description:
      'Only these figures, and the projections that they are counted from. Without: all.',
    name: 'RollupId',
    values: ROLLUP_IDS,
    example: ['checkout-funnel-daily'],
    optional: true,
  })
  readonly rollups?: readonly RollupId[];
}

/** A day of which all figures are to be counted again. */
export class AggregateDailyMetricsDto {
  @DayField({ description: 'The day, in UTC. Not after today.', example: '2026-01-30' })
  readonly date: string;
}

/** The backfill that a path names. */
export class BackfillPath {
  @WholeNumberField({
    description: 'The backfill, as the list shows it.',
    minimum: 1,
    maximum: 999_999_999_999_999,
    example: 1,
  })
  readonly id: number;
}
