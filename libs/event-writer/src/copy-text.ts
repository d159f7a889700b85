/**
 * Rows in the text format of PostgreSQL's COPY: columns parted by tabs, rows by line ends.
 *
 * What PostgreSQL cannot read stays unreadable: it is to refuse it.
 */
export function copyText(rows: readonly object[], columns: readonly string[]): string {
  let text = '';
  for (const row of rows) {
    const values = row as Readonly<Record<string, unknown>>;
    let parted = '';
    for (const column of columns) {
      text += parted + fieldOf(values[column]);
      parted = '\t';
    }
    text += '\n';
  }
  return text;
}

function fieldOf(value: unknown): string {
  if (typeof value === 'string') return escaped(value);
  if (value === null || value === undefined) return String.raw`\N`;
  if (value instanceof Date) return timeText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Buffer.isBuffer(value)) return String.raw`\\x${value.toString('hex')}`;
  return escaped(JSON.stringify(value));
}

const SPECIAL = /[\\\t\n\r]/;
const ALL_SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': String.raw`\\`,
  '\t': String.raw`\t`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
};

/** Looked through before anything is replaced: most texts hold nothing special. */
const escaped = (text: string): string =>
  SPECIAL.test(text) ? text.replace(ALL_SPECIAL, (special) => ESCAPES[special]!) : text;

/** A date that is none must not throw here, where it would blame the whole batch. */
const timeText = (date: Date): string =>
  Number.isNaN(date.getTime()) ? 'not a time' : date.toISOString();
