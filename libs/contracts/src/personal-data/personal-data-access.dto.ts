import {
  AnswerCount,
  AnswerList,
  AnswerObject,
  AnswerText,
  AnswerTime,
  AnswerValue,
  NextCursor,
} from '../answer-fields.js';
import { PageQuery } from '../page.dto.js';
import { InstantField } from '../query-fields.js';

/** Where personal data are read, and that is noted. */
export const AUDITED_SOURCES = ['abandoned-checkouts', 'exports'] as const;
export type AuditedSource = (typeof AUDITED_SOURCES)[number];

/** Who can read them: nobody does without credentials. */
const CALLER_KINDS = ['key', 'user', 'network', 'anonymous'] as const;

export class ListPersonalDataAccessesQuery extends PageQuery {
  @InstantField({
    description: 'The earliest time: a day of UTC, or a time with its zone.',
    optional: true,
  })
  readonly from?: string;

  @InstantField({
    description: 'Only accesses before this time. A day means its beginning.',
    optional: true,
  })
  readonly to?: string;
}

/** That somebody read personal data. */
export class PersonalDataAccessView {
  @AnswerTime({ description: 'When.', example: '2026-01-30T12:00:00.012Z' })
  readonly at: string;

  @AnswerValue({ description: 'With what credentials.', name: 'CallerKind', values: CALLER_KINDS })
  readonly callerKind: (typeof CALLER_KINDS)[number];

  @AnswerText({
    description: 'The id of the key or of the user.',
    nullable: true,
    example: '0190b6a0-0000-7000-8000-000000000001',
  })
  readonly callerId: string | null;

  @AnswerValue({ description: 'What was read.', name: 'AuditedSource', values: AUDITED_SOURCES })
  readonly source: AuditedSource;

  @AnswerObject({ description: 'What was asked for, as it was understood. No personal data.' })
  readonly question: object;

  @AnswerCount({
    description: 'How many sessions, or events of a file, were given out.',
    example: 12,
  })
  readonly items: number;
}

export class PersonalDataAccessPage {
  @AnswerList(PersonalDataAccessView, 'The newest first.')
  readonly items: readonly PersonalDataAccessView[];

  @NextCursor()
  readonly nextCursor: string | null;
}
