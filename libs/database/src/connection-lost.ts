import { DatabaseError } from 'pg';
import { DatabaseAwayError } from './database.js';

/** Whether the server itself refused the statement and goes on with the connection. */
export const isRefusal = (error: unknown): error is DatabaseError =>
  error instanceof DatabaseError && error.severity !== 'FATAL' && error.severity !== 'PANIC';

/**
 * What the server said stays as it came, and so does a mistake of ours (a `TypeError` of a value
 * that cannot be sent). Everything else befell the connection.
 */
export function asThrown(error: unknown): unknown {
  if (error instanceof DatabaseError || error instanceof DatabaseAwayError) return error;
  if (error instanceof TypeError || error instanceof RangeError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new DatabaseAwayError(message || 'the connection was lost', { cause: error });
}
