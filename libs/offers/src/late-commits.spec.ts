import { describe, expect, it } from '@jest/globals';
import { LateCommits } from './late-commits.js';
import type { Mark } from './offer-feed.repository.js';

/** Taken at a second, while the transaction `oldestRunning` was the oldest. */
const aMark = (second: number, oldestRunning: number, next: number): Mark => ({
  at: `second ${second}`,
  longBefore: `a minute before second ${second}`,
  oldestRunning: String(oldestRunning),
  next: String(next),
});

describe('reading again what may have been committed late', () => {
  it('goes back a minute at first, since nothing is known of what was running', () => {
    expect(new LateCommits(aMark(1, 100, 100)).since).toBe('a minute before second 1');
  });

  it('reads on from the last poll while no transaction is running', () => {
    const lateCommits = new LateCommits(aMark(1, 100, 100));

    lateCommits.read(aMark(1, 100, 100));
    lateCommits.read(aMark(2, 105, 105));

    expect(lateCommits.since).toBe('second 2');
  });

  it('goes back to before a transaction that is still running', () => {
    const lateCommits = new LateCommits(aMark(1, 100, 100));
    lateCommits.read(aMark(1, 100, 100));

    lateCommits.read(aMark(2, 100, 101));
    lateCommits.read(aMark(3, 100, 107));

    expect(lateCommits.since).toBe('second 1');
  });

  it('reads on once that transaction has ended', () => {
    const lateCommits = new LateCommits(aMark(1, 100, 100));
    lateCommits.read(aMark(2, 100, 101));
    lateCommits.read(aMark(3, 100, 107));

    lateCommits.read(aMark(4, 104, 109));

    expect(lateCommits.since).toBe('second 2');
  });

  it('compares numbers of transactions as numbers', () => {
    const lateCommits = new LateCommits(aMark(1, 99, 100));

    lateCommits.read(aMark(1, 99, 100));

    expect(lateCommits.since).toBe('a minute before second 1');
  });

  it('waits no longer than a minute for one transaction', () => {
    const lateCommits = new LateCommits(aMark(0, 100, 101));

    for (let second = 0; second <= 60; second += 1) lateCommits.read(aMark(second, 100, 101));

    expect(lateCommits.since).toBe('second 0');
  });
});
