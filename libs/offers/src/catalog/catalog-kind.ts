import {
  AssetPage,
  AssetPath,
  AssetView,
  BrandPage,
  BrandPath,
  BrandView,
  type CatalogKindName,
  CreatorPage,
  CreatorPath,
  CreatorView,
  LicensePage,
  LicensePath,
  LicenseView,
  PutAssetDto,
  PutBrandDto,
  PutCreatorDto,
  PutLicenseDto,
  PutUserDto,
  UserPage,
  UserPath,
  UserView,
} from '#libs/contracts';
import { CATALOG_TABLES, type CatalogTable } from '#libs/database';
import type { Type } from '@nestjs/common';
import { IntersectionType } from '@nestjs/swagger';
import type { FileKind } from '../bulk/file-kind.js';

/** An entry as it is put: its id and its values, by their names. */
export type CatalogLine = Readonly<Record<string, string | undefined>>;

/** What one kind of the catalogue is; its endpoints, its statements and its files follow. */
export interface CatalogKind {
  readonly name: CatalogKindName;
  /** One of them, in a sentence: `asset`. */
  readonly one: string;
  /** With its article: `an asset`. */
  readonly some: string;
  readonly table: CatalogTable;
  readonly path: Type<object>;
  readonly body: Type<object>;
  readonly view: Type<object>;
  readonly page: Type<object>;
  readonly files: FileKind<CatalogLine>;
}

type Words = Pick<CatalogKind, 'name' | 'one' | 'some'> & {
  readonly path: Type<object>;
  readonly body: Type<object>;
  readonly view: Type<object>;
  readonly page: Type<object>;
  readonly optional?: readonly string[];
};

function kindOf({ optional = [], ...words }: Words): CatalogKind {
  const table = CATALOG_TABLES[words.name];
  const columns = [table.id, ...table.values];
  const files = {
    one: words.one,
    noun: words.name,
    dto: IntersectionType(words.path, words.body) as Type<CatalogLine>,
    id: table.id,
    required: columns.filter((column) => !optional.includes(column)),
    optional,
  };
  return { ...words, table, files };
}

/** Every kind of the catalogue: a new one is a line here, its table and its DTOs. */
export const CATALOG: readonly CatalogKind[] = [
  kindOf({
    ...{ name: 'assets', one: 'asset', some: 'an asset', optional: ['projectId'] },
    ...{ path: AssetPath, body: PutAssetDto, view: AssetView, page: AssetPage },
  }),
  kindOf({
    ...{ name: 'creators', one: 'creator', some: 'a creator' },
    ...{ path: CreatorPath, body: PutCreatorDto, view: CreatorView, page: CreatorPage },
  }),
  kindOf({
    ...{ name: 'users', one: 'user', some: 'a user', optional: ['name'] },
    ...{ path: UserPath, body: PutUserDto, view: UserView, page: UserPage },
  }),
  kindOf({
    ...{ name: 'brands', one: 'brand', some: 'a brand' },
    ...{ path: BrandPath, body: PutBrandDto, view: BrandView, page: BrandPage },
  }),
  kindOf({
    ...{ name: 'licenses', one: 'licence', some: 'a licence' },
    ...{ path: LicensePath, body: PutLicenseDto, view: LicenseView, page: LicensePage },
  }),
];
