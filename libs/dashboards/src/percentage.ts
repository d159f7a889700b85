/** A part of a whole, in percent to two decimals; 0 where there is no whole. */
export const percentage = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
