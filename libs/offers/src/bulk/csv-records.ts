import { isUtf8 } from 'node:buffer';
import { type Line, MOST_LINE_BYTES, TOO_LONG } from './lines.js';

/** A line of cells; more than one line where a quoted cell has line ends in it. */
export type CsvRecord =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly fault: string };

interface PendingLine {
  readonly number: number;
  readonly text: string;
  /** A quote in it opens or closes what goes on in other lines. */
  readonly isOdd: boolean;
}

const NOT_UTF8 = 'is not UTF-8';
const STRAY_QUOTE = 'has a quote that is out of place or never closed';

/**
 * Puts lines together to the records of RFC 4180.
 *
 * A record that cannot be right costs its first line only, and what follows is read anew: one
 * stray quote does not take the rest of a file with it. CSV parsers in general lose their place.
 */
export class CsvRecords {
  private readonly pending: PendingLine[] = [];
  private size = 0;
  private isOpen = false;

  /** The records that are whole by now. An empty line is none. */
  *read({ number, bytes }: Line): Generator<CsvRecord, void> {
    const fault = bytes === null ? TOO_LONG : isUtf8(bytes) ? null : NOT_UTF8;
    if (bytes === null || fault !== null) {
      yield* this.end(); // no record goes on over such a line
      yield { line: number, fault: fault ?? TOO_LONG };
      return;
    }
    const text = bytes.toString();
    this.add({ number, text, isOdd: isOdd(bytes) });
    if (!this.isOpen || this.size > MOST_LINE_BYTES) yield* this.settle(false);
  }

  /** What is left once there are no more lines. */
  *end(): Generator<CsvRecord, void> {
    yield* this.settle(true);
  }

  private *settle(isLast: boolean): Generator<CsvRecord, void> {
    let settled = 0;
    while (settled < this.pending.length) {
      const lines = this.shortestClosed(settled);
      if (lines === 0 && !isLast && this.size <= MOST_LINE_BYTES) break;
      const { number, text } = this.pending[settled]!;
      const cells = lines === 0 ? null : cellsOf(this.textOf(settled, lines));
      if (cells === null) yield { line: number, fault: STRAY_QUOTE };
      else if (lines > 1 || withoutEnd(text) !== '') yield { line: number, cells };
      for (let left = cells === null ? 1 : lines; left > 0; left -= 1) this.forget(settled++);
    }
    this.pending.splice(0, settled); // together: after a stray quote there are thousands
  }

  /** How many lines make a record in which every quote has its other one; 0 while none do. */
  private shortestClosed(from: number): number {
    let isOpen = false;
    for (let at = from; at < this.pending.length; at += 1) {
      isOpen = isOpen !== this.pending[at]!.isOdd;
      if (!isOpen) return at - from + 1;
    }
    return 0;
  }

  private textOf(from: number, lines: number): string {
    const texts = this.pending.slice(from, from + lines).map(({ text }) => text);
    return withoutEnd(texts.join('\n'));
  }

  private add(line: PendingLine): void {
    this.pending.push(line);
    this.size += line.text.length + 1;
    this.isOpen = this.isOpen !== line.isOdd;
  }

  private forget(at: number): void {
    const line = this.pending[at]!;
    this.size -= line.text.length + 1;
    this.isOpen = this.isOpen !== line.isOdd;
  }
}

/** The carriage return of a line end; within a cell it is a part of the value. */
const withoutEnd = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);

function isOdd(bytes: Buffer): boolean {
  let quotes = 0;
  for (let at = bytes.indexOf('"'); at >= 0; at = bytes.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 1;
}

const CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^",]*))(,|$)/y;

/** Null where a quote stands in the middle of a cell. */
function cellsOf(text: string): readonly string[] | null {
  if (!text.includes('"')) return text.split(',');
  const cells: string[] = [];
  CELL.lastIndex = 0;
  for (;;) {
    const cell = CELL.exec(text);
    if (cell === null) return null;
    cells.push(cell[1]?.replaceAll('""', '"') ?? cell[2]!);
    if (cell[3] === '') return cells;
  }
}
