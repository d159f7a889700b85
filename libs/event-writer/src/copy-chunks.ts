import { MomentTexts } from './time-text.js';

/** Bytes that go to PostgreSQL as one message. */
const CHUNK = 64 * 1024;
const LINE_END = 0x0a;

/**
 * Rows in the text format of PostgreSQL's COPY: columns parted by tabs, rows by line ends.
 *
 * As bytes from the start, row by row: text of a whole batch would be put together and taken apart
 * again as garbage of several times its length. What PostgreSQL cannot read stays unreadable: it is
 * to refuse it.
 */
export function copyChunks(rows: readonly object[], columns: readonly string[]): Buffer[] {
  const lineOf = linesOf(columns);
  const chunks: Buffer[] = [];
  let chunk = Buffer.allocUnsafeSlow(CHUNK);
  let size = 0;
  for (const row of rows) {
    const line = lineOf(row);
    const most = 3 * line.length + 1; // no text of UTF-16 takes more, and the line's end
    if (size + most > chunk.length) {
      chunks.push(chunk.subarray(0, size));
      chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK, most));
      size = 0;
    }
    size += chunk.write(line, size);
    chunk[size++] = LINE_END;
  }
  return [...chunks, chunk.subarray(0, size)];
}

/** Spells rows one by one, in lists of its own that it uses again. */
function linesOf(columns: readonly string[]): (row: object) => string {
  const fields: string[] = columns.map(() => '');
  const times = columns.map(() => new MomentTexts());
  return (row) => {
    const values = row as Readonly<Record<string, unknown>>;
    for (let i = 0; i < columns.length; i++) {
      const value = values[columns[i]!];
      fields[i] = value instanceof Date ? timeText(value, times[i]!) : fieldOf(value);
    }
    return fields.join('\t');
  };
}

function fieldOf(value: unknown): string {
  if (typeof value === 'string') return escaped(value);
  if (value === null || value === undefined) return NULL;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Buffer.isBuffer(value)) return String.raw`\\x${value.toString('hex')}`;
  return escaped(JSON.stringify(value));
}

const NULL = String.raw`\N`;
const SPECIAL = /[\\\t\n\r]/;
const SPECIALS = ['\\', '\t', '\n', '\r'];
/** Texts from here on are looked through faster for one character after the other. */
const LONG = 64;
const ALL_SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': String.raw`\\`,
  '\t': String.raw`\t`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
};

const isSpecial = (text: string): boolean =>
  text.length < LONG ? SPECIAL.test(text) : SPECIALS.some((special) => text.includes(special));

/** Looked through before anything is replaced: most texts hold nothing special. */
const escaped = (text: string): string =>
  isSpecial(text) ? text.replace(ALL_SPECIAL, (special) => ESCAPES[special]!) : text;

/** A date that is none must not throw here, where it would blame the whole batch. */
const timeText = (date: Date, texts: MomentTexts): string =>
  Number.isNaN(date.getTime()) ? 'not a time' : texts.of(date.getTime());
