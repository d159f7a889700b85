import { setTimeout as pause } from 'node:timers/promises';

/** How long to wait for an acknowledgement, and how often to ask for it in that time. */
export interface Patience {
  readonly timeoutMs: number;
  readonly tries: number;
}

/**
 * Tries until one is acknowledged, and rejects as the last one when the time is over: each try has
 * an equal part of it, because what was sent while the connection broke is lost without a word.
 * What no try can mend rejects at once; so does an abort, with its reason.
 */
export async function acknowledged(
  attempt: (timeoutMs: number) => Promise<unknown>,
  { timeoutMs, tries }: Patience,
  signal?: AbortSignal,
): Promise<void> {
  const partMs = Math.max(1, timeoutMs / tries);
  for (let left = tries - 1; ; left--) {
    signal?.throwIfAborted();
    const began = performance.now();
    try {
      await unlessAborted(attempt(partMs), signal);
      return;
    } catch (error) {
      if (left <= 0 || signal?.aborted === true || isFinal(error)) throw error;
    }
    const restMs = Math.max(0, partMs - (performance.now() - began));
    await pause(restMs, undefined, signal && { signal }).catch(() => undefined); // seen above
  }
}

function unlessAborted<Value>(promise: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** By name: the classes may be of another copy of the package than ours. */
const FINAL: ReadonlySet<string> = new Set([
  'AuthorizationError',
  'ClosedConnectionError',
  'DrainingConnectionError',
  'InvalidArgumentError',
  'InvalidSubjectError',
  'PermissionViolationError',
  'UserAuthenticationExpiredError',
]);

/** What NATS or the stream will answer the next time too. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { status } = error as { readonly status?: unknown };
  if (error.name === 'JetStreamApiError') return typeof status === 'number' && status < 500;
  return FINAL.has(error.name) || isFinal(error.cause);
}
