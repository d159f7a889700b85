import { FileImport } from '../bulk/file-import.js';
import type { CatalogKind, CatalogLine } from './catalog-kind.js';
import { CatalogLog } from './catalog.log.js';
import type { CatalogRepository } from './catalog.repository.js';

/** Takes entries of one kind from files. */
export const catalogImport = (
  kind: CatalogKind,
  catalog: CatalogRepository,
): FileImport<CatalogLine> =>
  new FileImport(
    kind.files,
    { put: (lines) => catalog.putMany(kind, lines) },
    new CatalogLog(kind.name),
  );
