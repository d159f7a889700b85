import { Database } from '#libs/database';
import { pause } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import type { Fault } from './fault-of.js';

/** The writer was told to stop while it waited; the log keeps the batch. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 30_000;
/** Schema, rights or code: nothing heals it but a release or an operator. */
const FIRST_WAIT_OURS_MS = 1000;
/** A database that answers, but not this batch: a lock that is gone is not announced. */
const LONGEST_WAIT_REACHABLE_MS = 5000;
const PROBE_EVERY_MS = 250;
const PROBE_PATIENCE_MS = 1000;

/** How long to wait before try number `tries` + 1, without jitter. */
export function waitAfter(fault: Fault, tries: number): number {
  const first = fault === 'ours' ? FIRST_WAIT_OURS_MS : FIRST_WAIT_MS;
  return Math.min(LONGEST_WAIT_MS, first * 2 ** Math.min(tries - 1, 20));
}

/**
 * Waits between tries: longer each time, but no longer than the database is away.
 *
 * While it waits it asks the database for a sign of life, so that the log drains the moment it is
 * back, however long it was gone.
 */
@Injectable()
export class Patience {
  private asking: Promise<boolean> | null = null;

  constructor(private readonly database: Database) {}

  /** @throws StoppedError as soon as `stop` is aborted. */
  async wait(fault: Fault, tries: number, stop: AbortSignal): Promise<void> {
    const full = waitAfter(fault, tries);
    const wait = full * (0.5 + Math.random() / 2); // jitter: writers must not come back in step
    await (fault === 'ours' ? pause(wait, stop) : this.waitForDatabase(wait, stop));
    if (stop.aborted) throw new StoppedError('stopped while waiting for the database');
  }

  private async waitForDatabase(wait: number, stop: AbortSignal): Promise<void> {
    const start = Date.now();
    let wasAway = false;
    let left = wait;
    while (left > 0 && !stop.aborted) {
      await pause(Math.min(left, PROBE_EVERY_MS), stop);
      if (stop.aborted) return;
      const answers = await this.answers(stop);
      if (answers && wasAway) return;
      wasAway ||= !answers;
      left = (wasAway ? wait : Math.min(wait, LONGEST_WAIT_REACHABLE_MS)) - (Date.now() - start);
    }
  }

  /** One question at a time: a database that hangs must not be given all connections of the pool. */
  private async answers(stop: AbortSignal): Promise<boolean> {
    this.asking ??= this.database
      .query('SELECT 1')
      .then(
        () => true,
        () => false,
      )
      .finally(() => (this.asking = null));
    const enough = new AbortController();
    const end = (): void => enough.abort();
    // `AbortSignal.any` would leave a little with `stop` each time, in Node 20.
    stop.addEventListener('abort', end);
    const patience = pause(PROBE_PATIENCE_MS, enough.signal);
    const answer = await Promise.race([this.asking, patience.then(() => false)]);
    stop.removeEventListener('abort', end);
    end();
    return answer;
  }
}
