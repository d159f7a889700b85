import { AnswerText, AnswerTime, AnswerValue } from '../answer-fields.js';
import { TextField } from '../fields.js';
import { PageQuery } from '../page.dto.js';
import {
  CATALOG_SOURCES,
  type CatalogSource,
  MOST_OF_A_NAME,
  MOST_OF_AN_ID,
} from './catalog.catalogue.js';

/** An id of the catalogue, within the limits of the contracts' ids. */
export const IdField = (description: string, example: string): PropertyDecorator =>
  TextField({ description, maxLength: MOST_OF_AN_ID, example });

/** What something is called. */
export const NameField = (example: string, { optional = false } = {}): PropertyDecorator =>
  TextField({
    description: 'The name that dashboards show.',
    maxLength: MOST_OF_A_NAME,
    optional,
    example,
  });

/** A name in an answer. */
export const AnswerName = (example: string): PropertyDecorator =>
  AnswerText({
    description: 'The name that dashboards show; null while nobody said it.',
    nullable: true,
    example,
  });

export class ListCatalogQuery extends PageQuery {
  @TextField({
    description: 'Only entries whose id begins so.',
    maxLength: MOST_OF_AN_ID,
    optional: true,
  })
  readonly prefix?: string;
}

/** What every entry of the catalogue tells beside its own fields. */
export class CatalogEntryView {
  @AnswerValue({
    description:
      'Who said it: an administrator here, which always holds, or else events that announced it.',
    name: 'CatalogSource',
    values: CATALOG_SOURCES,
  })
  readonly source: CatalogSource;

  @AnswerTime({ description: 'When the entry was first known.' })
  readonly createdAt: string;

  @AnswerTime({ description: 'When the entry was last changed.' })
  readonly updatedAt: string;
}
