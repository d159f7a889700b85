import { AnswerList, AnswerText, AnswerTime, AnswerValues, NextCursor } from '../answer-fields.js';
import { CatalogueListField, TextField } from '../fields.js';
import { PageQuery } from '../page.dto.js';
import { UuidField } from '../query-fields.js';
import { type Scope, SCOPES } from './scopes.catalogue.js';

const KEY_ID = '0b4e2b7c-9d1f-4c57-8a63-2f0d9b1e6a55';
const SCOPE_LIST = { name: 'Scope', values: SCOPES, example: ['ingest:analytics'] };

/** What a new key is for. */
export class CreateKeyDto {
  @TextField({
    description: 'For its owner, to tell keys apart.',
    maxLength: 200,
    example: 'shop back end',
  })
  readonly name: string;

  @CatalogueListField({
    ...SCOPE_LIST,
    description: 'What the key may do. `admin` stands for all of them.',
  })
  readonly scopes: readonly Scope[];
}

/** The key that a path names: by its id, which is no secret. */
export class KeyPath {
  @UuidField({ description: 'The key, as the list shows it.', example: KEY_ID })
  readonly id: string;
}

/** Keys are listed from the oldest to the newest. */
export class ListKeysQuery extends PageQuery {}

/** What may be told of a key; never the key itself, of which only a hash is stored. */
export class KeyView {
  @AnswerText({
    description: 'Names the key, and is no secret.',
    example: KEY_ID,
  })
  readonly id: string;

  @AnswerText({
    description: 'For its owner, to tell keys apart.',
    example: 'shop back end',
  })
  readonly name: string;

  @AnswerValues({ ...SCOPE_LIST, description: 'What the key may do.' })
  readonly scopes: readonly string[];

  @AnswerTime({ description: 'When the key was made.' })
  readonly createdAt: string;

  @AnswerTime({
    description: 'Since when it opens nothing; null while it is live.',
    nullable: true,
  })
  readonly revokedAt: string | null;
}

export class CreatedKeyView extends KeyView {
  @AnswerText({
    description: 'The key itself, shown this once: only its hash is stored.',
    example: 'ff_0b4e2b7c9d1f4c578a632f0d9b1e6a55_…',
  })
  readonly key: string;
}

export class KeyPage {
  @AnswerList(KeyView, 'From the oldest to the newest, revoked ones among them.')
  readonly items: readonly KeyView[];

  @NextCursor()
  readonly nextCursor: string | null;
}
