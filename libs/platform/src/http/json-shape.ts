/** A top-level object is level 1. */
export const MOST_LEVELS = 8;
export const MOST_FIELDS = 64;

export type Shape = 'sound' | 'too_deep' | 'too_many_fields';

/** Bytes `start` to `end`, exclusive, of a body. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A member of an array, judged as `shapeOf` would judge it. */
export interface MemberSpan extends Span {
  readonly shape: Shape;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Judges nesting and the number of top-level fields on the bytes, before anything recursive sees
 * them. Exact for JSON; what it says of other text does not matter, since that will not parse.
 */
export function shapeOf(bytes: Uint8Array, start = 0, end = bytes.length): Shape {
  let level = 0;
  let fields = 0;
  for (let at = start; at < end; at++) {
    switch (bytes[at]) {
      case QUOTE:
        at = endOfText(bytes, at, end);
        break;
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        if (++level > MOST_LEVELS) return 'too_deep';
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        level--;
        break;
      case COLON:
        if (level === 1 && ++fields > MOST_FIELDS) return 'too_many_fields';
        break;
      default:
    }
  }
  return 'sound';
}

/**
 * Splits the text of an array into its members, each judged by its shape alone, so that a broken
 * member spoils only itself. `broken`: the array itself is none.
 */
export function membersOf(bytes: Uint8Array, most: number): MemberSpan[] | 'broken' | 'too_many' {
  const end = bytes.length;
  const open = skipSpace(bytes, 0, end);
  if (bytes[open] !== OPEN_ARRAY) return 'broken';
  const members: MemberSpan[] = [];
  let level = 1; // of the array; a member that is an object is one more
  let start = open + 1;
  let member: Span | null;
  let fields = 0;
  let shape: Shape = 'sound';
  for (let at = start; at < end; at++) {
    switch (bytes[at]) {
      case QUOTE:
        at = endOfText(bytes, at, end);
        break;
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        if (level++ === MOST_LEVELS + 1 && shape === 'sound') shape = 'too_deep';
        break;
      case COLON:
        if (level === 2 && ++fields > MOST_FIELDS && shape === 'sound') shape = 'too_many_fields';
        break;
      case COMMA:
        if (level > 1) break;
        member = trimmed(bytes, start, at);
        if (!member) return 'broken';
        if (members.push({ ...member, shape }) > most) return 'too_many';
        start = at + 1;
        fields = 0;
        shape = 'sound';
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        if (--level > 0) break;
        if (bytes[at] !== CLOSE_ARRAY || !isBlank(bytes, at + 1, end)) return 'broken';
        member = trimmed(bytes, start, at);
        if (member) members.push({ ...member, shape });
        else if (members.length > 0) return 'broken';
        return members.length > most ? 'too_many' : members;
      default:
    }
  }
  return 'broken';
}

/** Where the text that opens at `at` closes; `end` where it does not. */
function endOfText(bytes: Uint8Array, at: number, end: number): number {
  for (let next = at + 1; next < end; next++) {
    const byte = bytes[next];
    if (byte === QUOTE) return next;
    if (byte === BACKSLASH) next++;
  }
  return end;
}

/** Without white space around it; null where nothing is left. */
function trimmed(bytes: Uint8Array, from: number, to: number): Span | null {
  const start = skipSpace(bytes, from, to);
  let end = to;
  while (end > start && isSpace(bytes[end - 1])) end--;
  return end > start ? { start, end } : null;
}

function skipSpace(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(bytes[at])) at++;
  return at;
}

const isBlank = (bytes: Uint8Array, start: number, end: number): boolean =>
  skipSpace(bytes, start, end) === end;

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
