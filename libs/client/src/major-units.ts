const USUAL_EXPONENT = 2;
/** A decimal of 15 digits is the same decimal again after it was a number; one of 16 may not be. */
const TOO_LARGE = 1e15;

/** Upper case; blank means USD, as Footfall reads it. */
export const currencyOf = (told: string): string => told.trim().toUpperCase() || 'USD';

/** How many decimals the minor unit has: JPY 0, USD 2, KWD 3; 2 for what is no currency. */
function exponentOf(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? USUAL_EXPONENT;
  } catch {
    return USUAL_EXPONENT;
  }
}

/**
 * Whole minor units as the decimal major units of the wire: 5997 USD is 59.97, 5997 JPY is 5997.
 * JSON shows the number as exactly this decimal. `field` is what an error calls the amount.
 *
 * @throws RangeError for what is no whole number, and from 10^15 minor units of a currency with
 * decimals: JSON would be read as another amount.
 */
export function majorUnits(
  amountMinor: number,
  currency: string,
  field: string = 'amountMinor',
): number {
  const code = currencyOf(currency);
  if (!Number.isSafeInteger(amountMinor)) {
    throw new RangeError(
      `${field}: ${String(amountMinor)} is no whole number of minor units of ${code}`,
    );
  }
  const exponent = exponentOf(code);
  if (exponent > 0 && Math.abs(amountMinor) >= TOO_LARGE) {
    throw new RangeError(
      `${field}: ${amountMinor} minor units of ${code} are too many to be written exactly`,
    );
  }
  return amountMinor / 10 ** exponent; // rounded once, to the number that is written as the decimal
}
