import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 10;

/** Tries until `attempt` no longer throws: a condition is waited for, never a duration. */
export async function eventually<Result>(
  attempt: () => Result | Promise<Result>,
  withinMs = 3_000,
): Promise<Result> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(LOOK_EVERY_MS);
    }
  }
}
