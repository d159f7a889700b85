/**
 * Whose turn it is to count a large day at leisure. Projections stand still while one of their rollups
 * is counted: one at a time, and then they have as long as that took before the next.
 */
export class Leisure {
  /** In the process's own milliseconds. */
  private freeFrom = 0;

  isFree(now: number): boolean {
    return now >= this.freeFrom;
  }

  began(): void {
    this.freeFrom = Infinity;
  }

  ended(now: number, tookMs: number): void {
    this.freeFrom = now + tookMs;
  }
}
