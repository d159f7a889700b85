import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 100;
const LONGEST_MS = 5000;

/** Waits longer after each failure, never in step with other processes. */
export class Pauses {
  private failures = 0;

  /** Ends early where `stop` does. */
  async wait(stop: AbortSignal): Promise<void> {
    const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.failures++);
    const ms = longest * (0.5 + Math.random() / 2);
    await sleep(ms, undefined, { signal: stop }).catch(() => undefined);
  }

  reset(): void {
    this.failures = 0;
  }
}
