/** To two decimals; 0 where there is nothing to divide by. */
export const ratio = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 100) / 100;

/** Each one's part of an amount, in whole cents; 0 where there is nobody. */
export const share = (cents: number, among: number): number =>
  among === 0 ? 0 : Math.round(cents / among);
