/** Something that we need is away for the moment: 503 with `Retry-After` outside the doors. */
export class UnavailableError extends Error {
  override readonly name: string = 'UnavailableError';
}

/** Connection lost, shutting down, out of resources, too slow: gone in a moment, by SQLSTATE or errno. */
const PASSING = /^(08|53|57P0|57014|55P03|ECONN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENOTFOUND)/;

/** Whether an error says "not now" rather than "never". */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof UnavailableError) return true;
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && PASSING.test(code);
}
