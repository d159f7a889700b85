import { AnswerList, AnswerText, NextCursor } from '../answer-fields.js';
import { AnswerName, CatalogEntryView, IdField, NameField } from './catalog-entry.dto.js';

const ID = 'The user, as events name it.';
const EXAMPLE = 'user-1';

/** The user that a path names. */
export class UserPath {
  @IdField(ID, EXAMPLE)
  readonly userId: string;
}

export class PutUserDto {
  @NameField('Ada', { optional: true })
  readonly name?: string;
}

export class UserView extends CatalogEntryView {
  @AnswerText({ description: ID, example: EXAMPLE })
  readonly userId: string;

  @AnswerName('Ada')
  readonly name: string | null;
}

export class UserPage {
  @AnswerList(UserView, 'By user id.')
  readonly items: readonly UserView[];

  @NextCursor()
  readonly nextCursor: string | null;
}
