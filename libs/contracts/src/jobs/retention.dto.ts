import { AnswerCount, AnswerList, AnswerPart, AnswerText, AnswerTime } from '../answer-fields.js';

/** A part of a raw table that is old as a whole. */
export class RetainedPartitionView {
  @AnswerText({ description: 'Its name in the database.', example: 'checkout_events_p20240101' })
  readonly name: string;

  @AnswerTime({ description: 'When its first moment is.', example: '2024-01-01T00:00:00.000Z' })
  readonly from: string;

  @AnswerTime({
    description: 'When it ends, the moment itself not included.',
    example: '2024-01-02T00:00:00.000Z',
  })
  readonly to: string;

  @AnswerCount({ description: 'About so many rows, by the statistics of the database.' })
  readonly rows: number;

  @AnswerCount({ description: 'Bytes on disk, with indexes.' })
  readonly bytes: number;
}

/** What of a contract would go. */
export class RetainedContractView {
  @AnswerText({ description: 'The contract.', example: 'checkout' })
  readonly contract: string;

  @AnswerCount({ description: 'For how many months its events are kept; 0: for ever.' })
  readonly months: number;

  @AnswerTime({
    description: 'Events that happened before are old; null where they are kept for ever.',
    nullable: true,
    example: '2024-01-03T00:00:00.000Z',
  })
  readonly before: string | null;

  @AnswerList(RetainedPartitionView, 'Partitions that would be dropped, the oldest first.')
  readonly partitions: readonly RetainedPartitionView[];

  @AnswerCount({
    description: 'Rows of the DEFAULT partition that would be deleted; counted up to a million.',
  })
  readonly defaultRows: number;

  @AnswerCount({
    description: 'Keys by which retries of those events are recognised; counted up to a million.',
  })
  readonly eventKeys: number;

  @AnswerCount({
    description:
      'Rows that say something of those events and go with them: which key encrypted how many of ' +
      'their props, or on which days pages were visited, of so long ago that no question asks for ' +
      'it; counted up to a million.',
  })
  readonly notes: number;
}

/** Rejected events that would go. */
export class RetainedRejectedEventsView {
  @AnswerCount({ description: 'For how many days they are kept; 0: for ever.' })
  readonly days: number;

  @AnswerTime({
    description: 'Those that were received before are old; null where they are kept for ever.',
    nullable: true,
    example: '2026-01-04T09:15:00.120Z',
  })
  readonly before: string | null;

  @AnswerCount({ description: 'Rows that would be deleted; counted up to a million.' })
  readonly rows: number;
}

/** What retention would remove. */
export class RetentionPreview {
  @AnswerTime({
    description: 'For which moment that is said.',
    example: '2026-02-03T09:15:00.120Z',
  })
  readonly asOf: string;

  @AnswerList(RetainedContractView, 'One entry for each contract.')
  readonly contracts: readonly RetainedContractView[];

  @AnswerPart(RetainedRejectedEventsView, 'Of events that are in no raw table.')
  readonly rejectedEvents: RetainedRejectedEventsView;
}

const NOTHING = { partitions: [], defaultRows: 0, eventKeys: 0, notes: 0 };
const BEFORE = '2024-01-03T00:00:00.000Z';

/** An answer that Swagger shows. */
export const RETENTION_PREVIEW_EXAMPLE: RetentionPreview = {
  asOf: '2026-02-03T09:15:00.120Z',
  contracts: [
    {
      contract: 'checkout',
      months: 25,
      before: BEFORE,
      partitions: [
        {
          name: 'checkout_events_p20240102',
          from: '2024-01-02T00:00:00.000Z',
          to: BEFORE,
          rows: 166_300,
          bytes: 84_410_368,
        },
      ],
      defaultRows: 12,
      eventKeys: 0,
      notes: 0,
    },
    { contract: 'tracking', months: 13, before: '2025-01-03T00:00:00.000Z', ...NOTHING },
    { contract: 'analytics', months: 0, before: null, ...NOTHING },
    { contract: 'commerce', months: 25, before: BEFORE, ...NOTHING, eventKeys: 40 },
  ],
  rejectedEvents: { days: 30, before: '2026-01-04T09:15:00.120Z', rows: 5 },
};
