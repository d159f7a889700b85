/**
 * One column of a batch in PostgreSQL's array syntax.
 *
 * `pg` would do it too, at several times the cost: it looks at every value anew and runs two
 * replacements on every text. What PostgreSQL cannot read stays unreadable: it is to refuse it.
 */
export function arrayLiteral(rows: readonly object[], column: string): string {
  const values: unknown[] = [];
  let texts = 0;
  for (const row of rows) {
    const value = (row as Record<string, unknown>)[column];
    if (typeof value === 'string') texts += 1;
    values.push(value);
  }
  const isText = texts > 0 && texts === values.length;
  return (isText ? ofPlainTexts(values) : null) ?? `{${values.map(element).join(',')}}`;
}

/** Most columns are texts without a quote in them: looked through once as a whole, not one by one. */
function ofPlainTexts(texts: readonly unknown[]): string | null {
  const all = texts.join('');
  return isSpecial(all) ? null : `{"${texts.join('","')}"}`;
}

const isSpecial = (text: string): boolean => text.includes('"') || text.includes('\\');

/** Twice by a text: once by a pattern takes more than double the time, and JSON is full of quotes. */
const quoted = (text: string): string =>
  isSpecial(text)
    ? `"${text.replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`)}"`
    : `"${text}"`;

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string') return quoted(value);
  if (value instanceof Date) return `"${timeText(value)}"`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Buffer.isBuffer(value)) return `"\\\\x${value.toString('hex')}"`;
  return quoted(JSON.stringify(value));
}

/** A date that is none must not throw here, where it would blame the whole batch. */
const timeText = (date: Date): string =>
  Number.isNaN(date.getTime()) ? 'not a time' : date.toISOString();
