import { claimedEnd, endOfRecord, HEADER_BYTES, MAGIC } from './format.js';

/** What lies at a place of a segment. Offsets are those of the bytes that were given. */
export type Finding =
  | { readonly kind: 'record'; readonly start: number; readonly end: number }
  /** Bytes that belong to no sound record, although they once were acknowledged, perhaps. */
  | { readonly kind: 'damaged'; readonly start: number; readonly end: number; records: number }
  /** The last write, which the crash cut short: it was never acknowledged. */
  | { readonly kind: 'torn'; readonly start: number; readonly end: number }
  | { readonly kind: 'end' };

/**
 * Says what lies at `at`. Takes any bytes without throwing, and each finding but the last
 * (`torn` or `end`) ends after `at`, so that a walk always comes to its end.
 *
 * Zeros end a segment only if nothing sound follows them.
 */
export function findNext(segment: Buffer, at: number): Finding {
  const end = endOfRecord(segment, at);
  if (end !== null) return { kind: 'record', start: at, end };

  const next = nextSoundRecord(segment, at + 1);
  if (next !== null) return damaged(segment, at, next);

  const rest = endOfBytes(segment, at);
  if (rest === at) return { kind: 'end' };
  return isWhole(segment, at, rest)
    ? damaged(segment, at, rest)
    : { kind: 'torn', start: at, end: rest };
}

/** Where the next sound record starts, at `from` or after it. */
function nextSoundRecord(segment: Buffer, from: number): number | null {
  let at = segment.indexOf(MAGIC, from);
  while (at !== -1) {
    if (isPlausible(segment, at) && endOfRecord(segment, at) !== null) return at;
    at = segment.indexOf(MAGIC, at + 1);
  }
  return null;
}

/**
 * A payload holds no FF. To ask this first keeps the search linear: without it a segment full of
 * false starts would have its checksum computed over and over.
 */
function isPlausible(segment: Buffer, at: number): boolean {
  const end = claimedEnd(segment, at);
  return end !== null && !segment.subarray(at + HEADER_BYTES, end).includes(0xff);
}

/** A last record that lies there from its magic to its brace was altered, not cut short. */
function isWhole(segment: Buffer, at: number, rest: number): boolean {
  return claimedEnd(segment, at) === rest && segment[rest - 1] === CLOSING_BRACE;
}
const CLOSING_BRACE = '}'.charCodeAt(0);

function damaged(segment: Buffer, start: number, end: number): Finding {
  let records = 0;
  for (let at = segment.indexOf(MAGIC, start); at !== -1 && at < end; records++) {
    at = segment.indexOf(MAGIC, at + 1);
  }
  return { kind: 'damaged', start, end, records: Math.max(1, records) };
}

/** Where the zeros begin that reach to the end of the segment; never before `from`. */
function endOfBytes(segment: Buffer, from: number): number {
  let end = segment.length;
  while (end - ZEROS.length >= from && segment.subarray(end - ZEROS.length, end).equals(ZEROS)) {
    end -= ZEROS.length;
  }
  while (end > from && segment[end - 1] === 0) end--;
  return Math.max(end, from);
}
const ZEROS = Buffer.alloc(65_536);
