/** Something that counts for prom-client: a counter, or one child of it. */
interface Counted {
  inc(by: number): void;
}

/**
 * Counts in a plain number what happens with every event; the counter hears of it when it is read.
 * prom-client looks its labels up and allocates at each `inc`.
 */
export class Tally {
  private count = 0;

  constructor(private readonly counted: Counted) {}

  inc(): void {
    this.count += 1;
  }

  /** Nothing that was counted is told twice. */
  settle(): void {
    this.counted.inc(this.count);
    this.count = 0;
  }
}
