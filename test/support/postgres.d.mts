/** A PostgreSQL that forgets everything on a crash, for tests that do not crash it. */
export function startForgetfulPostgres(): Promise<{ url: string; stop(): Promise<void> }>;

/** An empty database on the server of the test run, for one spec file alone. */
export function createDatabase(
  server?: string,
): Promise<{ readonly url: string; drop(): Promise<unknown> }>;

/**
 * A PostgreSQL of its own that keeps what it acknowledged, to be broken: stopped, paused, killed.
 * Its address stays the same over restarts.
 */
export function startPostgres(options?: {
  /** As on the command line: `max_connections=20`. */
  readonly settings?: readonly string[];
}): Promise<BreakablePostgres>;

export interface BreakablePostgres {
  readonly url: string;
  readonly dataDirectory: string;
  /** After `stop` or `kill9`. Resolves when it accepts connections. */
  start(): Promise<void>;
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  /** Every process of it stands still: connections stay open, nothing answers. */
  pause(): void;
  resume(): void;
  kill9(): Promise<void>;
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Ends it, whatever state it is in, and removes its files. */
  dispose(): Promise<void>;
}

/** A port that nobody listens on at the moment. */
export function freePort(): Promise<number>;
