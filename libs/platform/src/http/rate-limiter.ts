import type { Allowance } from './endpoint-options.js';

/**
 * Counts what senders draw on their allowances.
 *
 * An abstract class rather than an interface, so that Nest can inject it by type.
 */
export abstract class RateLimiter {
  /**
   * Takes one of each allowance listed, one listed twice counting twice; all of them or none.
   * Answers 0, or after how many milliseconds it is worth trying again.
   *
   * May reject: the door then lets the event pass.
   */
  abstract take(allowances: readonly Allowance[]): Promise<number>;
}
