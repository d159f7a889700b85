import type { BadLine, ImportReport } from '#libs/contracts';
import type { Breach } from '#libs/platform';

/** How many entries were new, and how many other than before. The rest was so already. */
export interface Written {
  readonly created: number;
  readonly changed: number;
}

const MOST_LISTED = 1000;
/** A line may name many fields that nobody knows, each as long as the line. */
const MOST_BREACHES = 5;
const MOST_CHARACTERS = 200;

/** Counts what becomes of the lines of a file, and lists the first bad ones. */
export class ImportTally {
  private created = 0;
  private changed = 0;
  private unchanged = 0;
  private repeated = 0;
  private rejected = 0;
  private readonly badLines: BadLine[] = [];
  read = 0;
  /** Where the last line that was read begins. */
  lastLine = 0;
  lastGoodLine = 0;

  countLine(line: number): void {
    this.read += 1;
    this.lastLine = line;
  }

  countGood(line: number): void {
    this.lastGoodLine = line;
  }

  countRepeated(): void {
    this.repeated += 1;
  }

  countBad(line: number, breaches: readonly Breach[]): void {
    this.rejected += 1;
    if (this.badLines.length === MOST_LISTED) return;
    this.badLines.push({ line, breaches: breaches.slice(0, MOST_BREACHES).map(bounded) });
  }

  countWritten(entries: number, { created, changed }: Written): void {
    this.created += created;
    this.changed += changed;
    this.unchanged += entries - created - changed;
  }

  /** As it is by now: of a file that broke off, `read` may be more than the sum of the rest. */
  report(): ImportReport {
    const { read, created, changed, unchanged, repeated, rejected, badLines } = this;
    const badLinesLeftOut = rejected - badLines.length;
    return {
      ...{ read, created, changed, unchanged, repeated, rejected },
      badLines: [...badLines],
      badLinesLeftOut,
    };
  }
}

const bounded = ({ field, reason }: Breach): Breach => ({
  field: field.slice(0, MOST_CHARACTERS),
  reason: reason.slice(0, MOST_CHARACTERS),
});
