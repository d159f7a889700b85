import { abortion } from './room.js';

const LONG_MS = 2 ** 31 - 1;

/**
 * Waits for a promise, or until the signal aborts, and keeps the process alive meanwhile: what
 * somebody awaits must not end because nothing else is going on.
 *
 * @throws FootfallError where the signal aborts.
 */
export async function awaited<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal?.aborted) throw abortion(signal);
  const alive = setInterval(() => undefined, LONG_MS);
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(abortion(signal));
  });
  signal?.addEventListener('abort', abort);
  try {
    return await (signal ? Promise.race([promise, aborted]) : promise);
  } finally {
    clearInterval(alive);
    signal?.removeEventListener('abort', abort);
  }
}
