import { UnavailableError } from '#libs/platform';

/** A statement prepared once a connection, by its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Runs SQL: the pool, or one transaction. Values are parameters, always. */
export interface Queries {
  query<Row>(statement: string | Statement, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** What only a transaction may do. */
export interface Transaction extends Queries {
  /** `COPY … FROM STDIN` of rows in COPY's own text format, cut anywhere. */
  copyIn(statement: string, rows: readonly Uint8Array[]): Promise<void>;
}

/**
 * The database is not connected or migrated yet, the connection was lost, or it did not answer in
 * time. Not the event's fault: try again. What PostgreSQL itself says is thrown as it came, with
 * its SQLSTATE as `code`.
 */
export class DatabaseAwayError extends UnavailableError {
  override readonly name = 'DatabaseAwayError';

  /** The socket's errno where there is one (`ECONNREFUSED`). */
  readonly code: string | undefined;

  constructor(message?: string, options?: ErrorOptions) {
    super(message, options);
    const code = (options?.cause as { readonly code?: unknown } | undefined)?.code;
    this.code = typeof code === 'string' ? code : undefined;
  }
}

/**
 * The one way to PostgreSQL beside TypeORM's repositories; shares TypeORM's pool.
 *
 * An abstract class, so that what uses it can be tested without one.
 */
export abstract class Database implements Queries {
  /** @throws DatabaseAwayError before the database is connected and migrated. */
  abstract query<Row>(
    statement: string | Statement,
    parameters?: readonly unknown[],
  ): Promise<Row[]>;

  /** Commits when `work` resolves, rolls back when it rejects. @throws DatabaseAwayError */
  abstract transaction<Result>(
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result>;

  /** Resolves once the database is connected and migrated, however long that takes. */
  abstract ready(): Promise<void>;

  /**
   * Calls `heard` for each NOTIFY on `channel`, over a connection of its own, and once after each
   * (re)connection, since what was said in between is lost. Ends when `stop` is aborted.
   */
  abstract listen(channel: string, heard: () => void, stop: AbortSignal): void;
}
