import type { Mark } from './offer-feed.repository.js';

/** At one poll a second as long as `Mark.longBefore`. */
const MOST_PENDING = 60;

/**
 * Says from when on changes must be read again: a row bears the time of its statement, but is seen
 * only once its transaction commits, which may be many polls later.
 *
 * A transaction is waited for about a minute; what commits later still is found by a reload.
 */
export class LateCommits {
  private readonly pending: Mark[] = [];
  private from: string;

  constructor(start: Mark) {
    this.from = start.longBefore;
  }

  get since(): string {
    return this.from;
  }

  /** Tells that everything changed since `since` was read, and that `mark` was taken before. */
  read(mark: Mark): void {
    this.pending.push(mark);
    while (this.pending.length > MOST_PENDING || isSettled(this.pending[0], mark)) {
      this.from = this.pending.shift()!.at;
    }
  }
}

/** Whether every transaction that had begun at `then` had ended at `now`. */
const isSettled = (then: Mark | undefined, now: Mark): boolean =>
  then !== undefined && BigInt(then.next) <= BigInt(now.oldestRunning);
