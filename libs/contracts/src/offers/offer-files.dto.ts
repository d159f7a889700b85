import { AnswerCount, AnswerList, AnswerText } from '../answer-fields.js';
import { CatalogueField, TextField } from '../fields.js';

/** The kinds of files that offers are read from and written to. */
export const OFFER_FILE_FORMATS = ['csv', 'ndjson'] as const;
export type OfferFileFormat = (typeof OFFER_FILE_FORMATS)[number];

export class ExportOffersQuery {
  @CatalogueField({
    description: 'Goes before the `Accept` header; without both it is CSV.',
    name: 'OfferFileFormat',
    values: OFFER_FILE_FORMATS,
    optional: true,
  })
  readonly format?: OfferFileFormat;

  @TextField({ description: 'Only offers whose id begins so.', maxLength: 200, optional: true })
  readonly prefix?: string;
}

export class LineBreach {
  @AnswerText({
    description: 'The field; `line` where it is the line itself.',
    example: 'productId',
  })
  readonly field: string;

  @AnswerText({ description: 'What is wrong.', example: 'productId should not be empty' })
  readonly reason: string;
}

export class BadLine {
  @AnswerCount({ description: 'In the file, from 1, the header counted.', example: 17 })
  readonly line: number;

  @AnswerList(LineBreach, 'What is wrong with it.')
  readonly breaches: readonly LineBreach[];
}

/** What became of the lines of a file. `read` is the sum of the five counts after it. */
export class ImportReport {
  @AnswerCount({ description: 'Lines with an entry, good or bad.', example: 100_000 })
  readonly read: number;

  @AnswerCount({ description: 'Entries that were unknown, or deleted, before.', example: 99_000 })
  readonly created: number;

  @AnswerCount({ description: 'Entries that say something else now.', example: 800 })
  readonly changed: number;

  @AnswerCount({ description: 'Entries that were so already: left as they are.', example: 190 })
  readonly unchanged: number;

  @AnswerCount({
    description: 'Lines whose entry came again within the next thousand: the last of them holds.',
    example: 0,
  })
  readonly repeated: number;

  @AnswerCount({ description: 'Bad lines: nothing of them is taken.', example: 10 })
  readonly rejected: number;

  @AnswerList(BadLine, 'The first 1000 bad lines.')
  readonly badLines: readonly BadLine[];

  @AnswerCount({ description: 'Bad lines that are not listed.', example: 0 })
  readonly badLinesLeftOut: number;
}

export class OfferImportReport extends ImportReport {}
