const FORM = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** A day of UTC or a time with its zone; null for all else, such as the 31st of February. */
export function instantOf(value: unknown): Date | null {
  const day = typeof value === 'string' ? FORM.exec(value)?.[1] : undefined;
  if (day === undefined || !isDay(day)) return null;
  const instant = new Date(value as string);
  return Number.isNaN(+instant) ? null : instant;
}

/** Date itself reads a day too many as the next month's. */
const isDay = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(+date) && date.toISOString().startsWith(day);
};
