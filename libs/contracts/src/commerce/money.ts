import { Big } from 'big.js';

/** An amount of money: whole minor units, and the currency that says what they are. */
export interface Money {
  readonly amountMinor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
}

const HALF_AWAY_FROM_ZERO = 1;
const DEFAULT_CURRENCY = 'USD';
const DECIMAL = /^[+-]?\d{1,30}(?:\.\d{1,30})?(?:e[+-]?\d{1,2})?$/i;
/** With no more decimals than the currency has, its digits are the minor units: nothing is rounded. */
const PLAIN = /^(\d{1,11})(?:\.(\d{1,4}))?$/;
const exponents = new Map<string, number | null>();

/**
 * How many decimals the minor unit of a currency has: JPY 0, USD 2, KWD 3. Null for what is no
 * currency code.
 */
export function currencyExponent(currency: string): number | null {
  let exponent = exponents.get(currency);
  if (exponent === undefined) {
    exponent = /^[A-Z]{3}$/.test(currency) ? exponentOf(currency) : null;
    if (exponents.size < 1000) exponents.set(currency, exponent); // senders choose the codes
  }
  return exponent;
}

function exponentOf(currency: string): number | null {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? null;
  } catch {
    return null;
  }
}

/** Upper case; empty means USD. What is no text is no currency: named as it came, not guessed. */
export function currencyOf(told: unknown = null): string {
  if (told === null) return DEFAULT_CURRENCY;
  const text = typeof told === 'string' ? told : JSON.stringify(told);
  return text.trim().toUpperCase() || DEFAULT_CURRENCY;
}

/**
 * A decimal amount in major units as whole minor units, computed in decimal and rounded half away
 * from zero. Null where it is no decimal, the currency is none, or the result is beyond what can be
 * counted exactly: then nothing is guessed.
 */
export function minorUnits(amount: unknown, currency: string): number | null {
  const exponent = currencyExponent(currency);
  const text = typeof amount === 'number' || typeof amount === 'string' ? `${amount}`.trim() : '';
  if (exponent === null) return null;
  const [, whole, decimals = ''] = PLAIN.exec(text) ?? [];
  if (whole !== undefined && decimals.length <= exponent) {
    return Number(whole + decimals.padEnd(exponent, '0'));
  }
  if (!DECIMAL.test(text)) return null;
  const minor = Number(
    new Big(text.replace('+', '')) // which reads no plus sign, nor needs one before an exponent
      .times(10 ** exponent)
      .round(0, HALF_AWAY_FROM_ZERO)
      .toFixed(),
  );
  return Number.isSafeInteger(minor) ? minor + 0 : null;
}
