import { CATALOG_KINDS } from '#libs/contracts';
import type { Database } from '#libs/database';
import { type Streams, understood, UsageError } from '../bulk/command-line.js';
import { importFile } from '../bulk/import.command.js';
import { catalogImport } from './catalog-import.js';
import { CATALOG } from './catalog-kind.js';
import { CatalogRepository } from './catalog.repository.js';

export const CATALOG_USAGE = `Usage:
  catalog import ${CATALOG_KINDS.join('|')} <file> [--format csv|ndjson]
A file is "-" for standard input. Without --format its ending says what it is, else CSV.
What is imported may be packed by gzip.
`;

/**
 * Runs `catalog …` as typed after that word, by what the endpoints run. Answers the exit code: 0 all
 * is well, 1 it broke off or some lines are bad, 2 it was not understood.
 */
export function runCatalogCommand(
  database: Database,
  [word = '', name = '', ...words]: readonly string[],
  streams: Streams,
): Promise<number> {
  const run = async (): Promise<number> => {
    if (word !== 'import') throw new UsageError(`There is no command "catalog ${word}".`);
    const kind = CATALOG.find((each) => each.name === name);
    if (kind === undefined) throw new UsageError(`The catalogue has no "${name}".`);
    return importFile(catalogImport(kind, new CatalogRepository(database)), words, streams);
  };
  return understood(run, streams, CATALOG_USAGE);
}
