import { AnswerList, AnswerText, NextCursor } from '../answer-fields.js';
import { CatalogEntryView, IdField } from './catalog-entry.dto.js';

const ID = 'The licence, as events name it.';
const ASSET = 'The asset that it is for: events about the licence count for that asset.';

/** The licence that a path names. */
export class LicensePath {
  @IdField(ID, 'license-1')
  readonly licenseId: string;
}

export class PutLicenseDto {
  @IdField(ASSET, 'asset-1')
  readonly assetId: string;
}

export class LicenseView extends CatalogEntryView {
  @AnswerText({ description: ID, example: 'license-1' })
  readonly licenseId: string;

  @AnswerText({ description: ASSET, nullable: true, example: 'asset-1' })
  readonly assetId: string | null;
}

export class LicensePage {
  @AnswerList(LicenseView, 'By licence id.')
  readonly items: readonly LicenseView[];

  @NextCursor()
  readonly nextCursor: string | null;
}
