import type { CatalogKindName } from '#libs/contracts';

/**
 * A table of the catalogue. Beside each value stands its claim: who said it and when. These names
 * become part of SQL.
 */
export interface CatalogTable {
  readonly name: string;
  /** In camelCase, as the contract spells it. */
  readonly id: string;
  readonly values: readonly string[];
}

export const CATALOG_TABLES: Readonly<Record<CatalogKindName, CatalogTable>> = {
  assets: { name: 'catalog_assets', id: 'assetId', values: ['title', 'creatorId', 'projectId'] },
  creators: { name: 'catalog_creators', id: 'creatorId', values: ['name'] },
  users: { name: 'catalog_users', id: 'userId', values: ['name'] },
  brands: { name: 'catalog_brands', id: 'brandId', values: ['name'] },
  licenses: { name: 'catalog_licenses', id: 'licenseId', values: ['assetId'] },
};
