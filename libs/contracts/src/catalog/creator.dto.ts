import { AnswerList, AnswerText, NextCursor } from '../answer-fields.js';
import { AnswerName, CatalogEntryView, IdField, NameField } from './catalog-entry.dto.js';

const ID = 'The creator, as events name it.';
const EXAMPLE = 'creator-1';

/** The creator that a path names. */
export class CreatorPath {
  @IdField(ID, EXAMPLE)
  readonly creatorId: string;
}

export class PutCreatorDto {
  @NameField('Ada Painter')
  readonly name: string;
}

export class CreatorView extends CatalogEntryView {
  @AnswerText({ description: ID, example: EXAMPLE })
  readonly creatorId: string;

  @AnswerName('Ada Painter')
  readonly name: string | null;
}

export class CreatorPage {
  @AnswerList(CreatorView, 'By creator id.')
  readonly items: readonly CreatorView[];

  @NextCursor()
  readonly nextCursor: string | null;
}
