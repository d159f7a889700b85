import { DatabaseAwayError } from '#libs/database';

/**
 * What an error says about the batch that met it.
 *
 * `this-row`: a row of it can never be stored. `duplicate`: a key that is stored already.
 * `not-now`: the database will take it later. `ours`: schema, rights or code; no row is to blame.
 */
export type Fault = 'this-row' | 'duplicate' | 'not-now' | 'ours' | 'unknown';

/** SQLSTATEs by their beginning: the longest that fits decides. */
const FAULTS_BY_SQLSTATE: ReadonlyMap<string, Fault> = new Map<string, Fault>([
  ['22', 'this-row'],
  ['23502', 'this-row'],
  ['54000', 'this-row'],
  ['54001', 'this-row'],
  ['23505', 'duplicate'],
  ['08', 'not-now'],
  ['57P01', 'not-now'],
  ['57P02', 'not-now'],
  ['57P03', 'not-now'],
  ['53', 'not-now'],
  ['40001', 'not-now'],
  ['40P01', 'not-now'],
  ['55P03', 'not-now'],
  ['57014', 'not-now'],
  ['25006', 'not-now'],
  ['58030', 'not-now'],
  ['42', 'ours'],
  ['3D000', 'ours'],
  ['28', 'ours'],
  ['0A000', 'ours'],
  ['08P01', 'ours'],
]);

const CHECK_VIOLATION = '23514';

const SOCKET_ERRORS: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ENOENT', // the Unix socket of a server that is not there
  'EMFILE',
]);

const TIME_LIMITS: ReadonlySet<string> = new Set(['TimeoutError', 'AbortError']);

/** What `pg` and its pool say without a code when a connection ends or a limit is passed. */
const CONNECTION_LOST =
  /connection (terminated|ended|error)|terminated unexpectedly|timeout (exceeded|expired)|timed out|read timeout|not queryable|pool after calling end/i;

/** Reads an error of the database, as the table in the design has it. */
export function faultOf(error: unknown): Fault {
  const chain = causesOf(error);
  const sqlstate = sqlstateIn(chain);
  if (sqlstate === CHECK_VIOLATION) return faultOfCheck(chain);
  if (sqlstate !== null) return faultOfSqlstate(sqlstate);
  return chain.some(isAway) ? 'not-now' : 'unknown';
}

/** The SQLSTATE that PostgreSQL gave, however deep the error is wrapped. */
export const sqlstateOf = (error: unknown): string | null => sqlstateIn(causesOf(error));

/**
 * 23514 is a CHECK that the row breaks, or a row that no partition takes: the first names its
 * constraint, the second is a partition that we failed to make.
 */
const faultOfCheck = (chain: readonly ErrorLike[]): Fault =>
  chain.some(({ constraint }) => Boolean(constraint)) ? 'this-row' : 'ours';

function faultOfSqlstate(sqlstate: string): Fault {
  for (let length = sqlstate.length; length > 0; length -= 1) {
    const fault = FAULTS_BY_SQLSTATE.get(sqlstate.slice(0, length));
    if (fault) return fault;
  }
  return 'unknown';
}

const isAway = (error: ErrorLike): boolean =>
  error instanceof DatabaseAwayError ||
  SOCKET_ERRORS.has(error.code ?? '') ||
  TIME_LIMITS.has(error.name ?? '') ||
  CONNECTION_LOST.test(error.message ?? '');

interface ErrorLike {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly cause?: unknown;
  readonly driverError?: unknown;
}

const MOST_CAUSES = 5;

/** The error and what it wraps, outermost first. */
function causesOf(error: unknown): ErrorLike[] {
  const chain: ErrorLike[] = [];
  let next = error;
  while (typeof next === 'object' && next !== null && chain.length < MOST_CAUSES) {
    const link: ErrorLike = next;
    chain.push(link);
    next = link.driverError ?? link.cause;
  }
  return chain;
}

/** Node's own codes are longer than five characters, or name an error of the system (`EPIPE`). */
const sqlstateIn = (chain: readonly ErrorLike[]): string | null =>
  chain.find(
    ({ code }) =>
      typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !SOCKET_ERRORS.has(code),
  )?.code ?? null;
