import { AnswerList, AnswerText, NextCursor } from '../answer-fields.js';
import { TextField } from '../fields.js';
import { MOST_OF_A_TITLE, MOST_OF_AN_ID } from './catalog.catalogue.js';
import { CatalogEntryView, IdField } from './catalog-entry.dto.js';

const ID = 'The asset, as events name it.';
const TITLE = 'The title that dashboards show.';
const CREATOR = 'Whose it is: the creator whose dashboard it counts for.';
const PROJECT = 'The project that it belongs to.';
const UNSAID = 'Null while nobody said it.';

/** The asset that a path names. */
export class AssetPath {
  @IdField(ID, 'asset-1')
  readonly assetId: string;
}

export class PutAssetDto {
  @TextField({ description: TITLE, maxLength: MOST_OF_A_TITLE, example: 'Morning in Lisbon' })
  readonly title: string;

  @IdField(CREATOR, 'creator-1')
  readonly creatorId: string;

  @TextField({
    description: PROJECT,
    maxLength: MOST_OF_AN_ID,
    optional: true,
    example: 'project-1',
  })
  readonly projectId?: string;
}

export class AssetView extends CatalogEntryView {
  @AnswerText({ description: ID, example: 'asset-1' })
  readonly assetId: string;

  @AnswerText({ description: `${TITLE} ${UNSAID}`, nullable: true, example: 'Morning in Lisbon' })
  readonly title: string | null;

  @AnswerText({ description: `${CREATOR} ${UNSAID}`, nullable: true, example: 'creator-1' })
  readonly creatorId: string | null;

  @AnswerText({
    description: `${PROJECT} Null where it has none.`,
    nullable: true,
    example: 'project-1',
  })
  readonly projectId: string | null;
}

export class AssetPage {
  @AnswerList(AssetView, 'By asset id.')
  readonly items: readonly AssetView[];

  @NextCursor()
  readonly nextCursor: string | null;
}
