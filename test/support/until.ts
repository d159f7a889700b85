import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/** Waits for a condition, never for a duration. @throws with `what` when it does not come true. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 20_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  let problem: unknown;
  while (Date.now() < deadline) {
    try {
      if (await holds()) return;
    } catch (error) {
      problem = error;
    }
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`Not within ${withinMs} ms: ${what}`, { cause: problem });
}
