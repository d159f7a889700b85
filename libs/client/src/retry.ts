const FIRST_MS = 1000;
const MOST_MS = 60_000;
/** Timers overflow after 25 of them, and would go off at once. */
const DAY_MS = 86_400_000;

/** Whether the same request may succeed later: the server's faults, too slow, too many. */
export const isWorthRetrying = (status: number): boolean =>
  status >= 500 || status === 408 || status === 429;

/**
 * What `Retry-After` asks for in milliseconds, up to a day: seconds or a date; undefined where it
 * says neither.
 */
export const retryAfterMs = (
  header: string | null,
  now: number = Date.now(),
): number | undefined => {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), DAY_MS);
};

/**
 * How long to wait before try number `tries` + 1: doubling from a second to a minute, of which a
 * random half, so that clients that failed together do not come back together; never less than
 * the server asked for.
 */
export const retryDelayMs = (tries: number, askedMs: number = 0): number => {
  const grown = Math.min(MOST_MS, FIRST_MS * 2 ** (tries - 1));
  return Math.max(askedMs, (grown / 2) * (1 + Math.random()));
};
