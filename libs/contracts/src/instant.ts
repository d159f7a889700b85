const FORM = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** The years that PostgreSQL and ISO 8601 spell alike; a zone may move a time beyond them. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** A day of UTC or a time with its zone; null for all else, such as the 31st of February. */
export function instantOf(value: unknown): Date | null {
  const day = typeof value === 'string' ? FORM.exec(value)?.[1] : undefined;
  if (day === undefined || !isDay(day)) return null;
  const instant = new Date(value as string);
  return +instant >= EARLIEST && +instant <= LATEST ? instant : null;
}

/** Date itself reads a day too many as the next month's. */
const isDay = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(+date) && date.toISOString().startsWith(day);
};

/** A day as `YYYY-MM-DD`, if it is one. */
export const dayOf = (value: unknown): string | null =>
  typeof value === 'string' && value.length === 10 && instantOf(value) !== null ? value : null;
