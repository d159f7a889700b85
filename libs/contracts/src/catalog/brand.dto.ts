import { AnswerList, AnswerText, NextCursor } from '../answer-fields.js';
import { AnswerName, CatalogEntryView, IdField, NameField } from './catalog-entry.dto.js';

const ID = 'The brand, as events name it.';
const EXAMPLE = 'brand-1';

/** The brand that a path names. */
export class BrandPath {
  @IdField(ID, EXAMPLE)
  readonly brandId: string;
}

export class PutBrandDto {
  @NameField('Acme')
  readonly name: string;
}

export class BrandView extends CatalogEntryView {
  @AnswerText({ description: ID, example: EXAMPLE })
  readonly brandId: string;

  @AnswerName('Acme')
  readonly name: string | null;
}

export class BrandPage {
  @AnswerList(BrandView, 'By brand id.')
  readonly items: readonly BrandView[];

  @NextCursor()
  readonly nextCursor: string | null;
}
