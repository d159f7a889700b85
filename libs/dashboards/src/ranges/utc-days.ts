const DAY_MS = 86_400_000;

/** The day of UTC that holds a moment, as `YYYY-MM-DD`. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** Its beginning, as ISO 8601. */
export const startOf = (day: string): string => `${day}T00:00:00.000Z`;

export const daysAfter = (day: string, days: number): string =>
  dayOf(new Date(Date.parse(day) + days * DAY_MS));

/** How many days there are from the first to the last, both included; none or less where they are reversed. */
export const daysFromTo = (first: string, last: string): number =>
  Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1;

/** Every day from the first to the last, both included. */
export const daysOf = ({ from, to }: { readonly from: string; readonly to: string }): string[] =>
  Array.from({ length: daysFromTo(from, to) }, (_, days) => daysAfter(from, days));
