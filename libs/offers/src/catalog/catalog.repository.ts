import type { CatalogKindName, ListCatalogQuery } from '#libs/contracts';
import { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { Written } from '../bulk/import-tally.js';
import { afterCursor, cursorOf } from '../cursor.js';
import { rangeOf } from '../prefix-range.js';
import { CATALOG, type CatalogKind, type CatalogLine } from './catalog-kind.js';
import { type CatalogStatements, catalogStatements } from './catalog.sql.js';

/** An entry as it is answered; the kind's DTO says with which fields. */
export type CatalogEntry = Readonly<Record<string, unknown>>;

export interface CatalogList {
  readonly items: readonly CatalogEntry[];
  readonly nextCursor: string | null;
}

interface Row extends CatalogEntry {
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const STATEMENTS = new Map<CatalogKindName, CatalogStatements>(
  CATALOG.map(({ name, table }) => [name, catalogStatements(table)]),
);

const statementsOf = ({ name }: CatalogKind): CatalogStatements => STATEMENTS.get(name)!;

/** The catalogue, as administrators see it. */
@Injectable()
export class CatalogRepository {
  constructor(private readonly database: Database) {}

  /** Replaces the whole entry: what is left out, it has no longer. */
  async put(
    kind: CatalogKind,
    line: CatalogLine,
  ): Promise<{ readonly entry: CatalogEntry; readonly isNew: boolean }> {
    const { id, values } = kind.table;
    const parameters = [id, ...values].map((field) => line[field] ?? null);
    const rows = await this.database.query<Row & { readonly isNew: boolean }>(
      statementsOf(kind).put,
      parameters,
    );
    const { isNew, ...row } = rows[0]!;
    return { entry: viewOf(row), isNew };
  }

  /** No id may come twice. */
  async putMany(kind: CatalogKind, lines: readonly CatalogLine[]): Promise<Written> {
    const { id, values } = kind.table;
    const columns = [id, ...values].map((field) => lines.map((line) => line[field] ?? null));
    const rows = await this.database.query<Written>(statementsOf(kind).putMany, columns);
    return rows[0]!;
  }

  async find(kind: CatalogKind, id: string): Promise<CatalogEntry | null> {
    const [row] = await this.database.query<Row>(statementsOf(kind).get, [id]);
    return row === undefined ? null : viewOf(row);
  }

  /** False where there is none. */
  async remove(kind: CatalogKind, id: string): Promise<boolean> {
    return (await this.database.query(statementsOf(kind).remove, [id])).length > 0;
  }

  /** @throws ContractBreachError for a cursor that is none of ours. */
  async list(
    kind: CatalogKind,
    { limit, cursor, prefix = '' }: ListCatalogQuery,
  ): Promise<CatalogList> {
    const { from, before } = rangeOf(prefix);
    const parameters = [afterCursor(cursor), from, before, limit + 1];
    const rows = await this.database.query<Row>(statementsOf(kind).list, parameters);
    const items = rows.slice(0, limit).map(viewOf);
    const last = items.at(-1)?.[kind.table.id] as string;
    return { items, nextCursor: rows.length > limit ? cursorOf(last) : null };
  }
}

const viewOf = (row: Row): CatalogEntry => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
