const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');
const NOTHING = Buffer.alloc(0);

/** No line is longer, nor what a quoted cell makes of several lines. */
export const MOST_LINE_BYTES = 64 * 1024;
export const TOO_LONG = `is longer than ${MOST_LINE_BYTES} bytes`;

/** One line of a file, without its line feed; a carriage return before that is still there. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** Null: longer than any line may be. */
  readonly bytes: Buffer | null;
}

/** Cuts the bytes of a file into lines, and holds no more than one of them. */
export class Lines {
  private rest: Buffer = NOTHING;
  private number = 0;
  /** In a line that is too long, up to its end. */
  private skipping = false;

  /** The lines that are whole by now. */
  *read(chunk: Buffer): Generator<Line, void> {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      yield this.next(bytes.subarray(start, end));
      start = end + 1;
    }
    this.rest = bytes.subarray(start);
    if (this.rest.length <= MOST_LINE_BYTES) return;
    this.skipping = true;
    this.rest = NOTHING;
  }

  /** What stands behind the last line end. Not to be asked of a file that broke off. */
  *end(): Generator<Line, void> {
    if (this.rest.length > 0 || this.skipping) yield this.next(this.rest);
  }

  private next(bytes: Buffer): Line {
    this.number += 1;
    const line = this.number === 1 ? unmarked(bytes) : bytes;
    const isTooLong = this.skipping || line.length > MOST_LINE_BYTES;
    this.skipping = false;
    return { number: this.number, bytes: isTooLong ? null : line };
  }
}

const unmarked = (bytes: Buffer): Buffer =>
  bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)
    ? bytes.subarray(BYTE_ORDER_MARK.length)
    : bytes;
