/** The time since 1970 in milliseconds, with fractions, as far as the machine tells them. */
const preciseNow = (): number => performance.timeOrigin + performance.now();

/** Of a millisecond that the wall clock has begun. */
const LONGEST_FRACTION = 0.9995;

/**
 * The time in microseconds, never the same twice: the time of an event is part of its key, and two
 * partial refunds of one order differ in nothing else.
 */
export class Clock {
  /** From the clock that knows microseconds to the one that the machine keeps right. */
  private offset = 0;
  private last = 0;
  private lastMillis = 0;

  constructor(
    private readonly wall: () => number = () => Date.now(),
    private readonly precise: () => number = preciseNow,
  ) {}

  /** Microseconds since 1970; more than it said before, even where the clock was put back. */
  now(): number {
    const wall = this.wall();
    const told = this.precise() + this.offset;
    const millis = Math.min(Math.max(told, wall), wall + LONGEST_FRACTION);
    this.offset += millis - told; // they drift apart, or the machine slept
    this.last = Math.max(this.last + 1, Math.floor(millis * 1000));
    return this.last;
  }

  /** Milliseconds since 1970 for ids that hold them, ahead of the time where they come in bursts. */
  uniqueMillis(): number {
    this.lastMillis = Math.max(this.lastMillis + 1, this.wall());
    return this.lastMillis;
  }
}

/** RFC 3339 in UTC with six digits of a second. */
export const timestampOf = (micros: number): string => {
  const beyondMillis = String(micros % 1000).padStart(3, '0');
  return new Date(Math.floor(micros / 1000)).toISOString().replace('Z', `${beyondMillis}Z`);
};

export const unixSecondsOf = (micros: number): number => Math.floor(micros / 1_000_000);
