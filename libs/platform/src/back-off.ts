import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 100;
const LONGEST_MS = 5000;

/** Waits a little longer after each failure, 0.1 s to 5 s, never in step with other processes. */
export class BackOff {
  private failures = 0;

  /** How long to wait after this failure. */
  next(): number {
    const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.failures++);
    return Math.round(longest * (0.5 + Math.random() / 2));
  }

  reset(): void {
    this.failures = 0;
  }
}

/** Resolves after a time, or as soon as `stop` is aborted: the caller looks at it itself. */
export const pause = async (ms: number, stop: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal: stop }).catch(() => undefined);
};
