import type { Statement } from '#libs/database';
import { comparedOf, CONFLICTS_WITH, COPY_IN, INSERT_NEW } from './raw-table.sql.js';

/** What the writer must know of a raw table. A contract states it once, beside its `toRow`. */
export interface RawTableFacts<Row extends object> {
  readonly name: string;
  /** The SQL type of each column, by the row's field. */
  readonly types: Readonly<Record<keyof Row & string, string>>;
  /**
   * The primary key. Its values must be spelt one way: what is equal in PostgreSQL must be equal
   * here.
   */
  readonly key: readonly (keyof Row & string)[];
  /** The column that the table is partitioned by. */
  readonly eventTime: keyof Row & string;
  /** What the sender sent: a duplicate that differs in one of these is a conflict. */
  readonly sent: readonly (keyof Row & string)[];
}

/** A raw table and the statements that the writer needs of it. */
export interface RawTable<Row extends object = object> extends RawTableFacts<Row> {
  readonly columns: readonly string[];
  readonly insertNew: Statement;
  readonly copyIn: string;
  /** The columns that `conflictsWith` is told. */
  readonly compared: readonly string[];
  readonly conflictsWith: Statement;
}

/** Derives column names and statements, once. */
export function rawTable<Row extends object>(facts: RawTableFacts<Row>): RawTable<Row> {
  return {
    ...facts,
    columns: Object.keys(facts.types),
    insertNew: { name: `insert_${facts.name}`, text: INSERT_NEW(facts) },
    copyIn: COPY_IN(facts),
    compared: comparedOf(facts),
    conflictsWith: { name: `conflicts_${facts.name}`, text: CONFLICTS_WITH(facts) },
  };
}
