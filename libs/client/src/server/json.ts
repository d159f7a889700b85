import { FootfallError } from './footfall-error.js';

/**
 * The JSON of a value; numbers as they are, so that 59.97 stays 59.97.
 *
 * @throws FootfallError for what JSON cannot say: `JSON.stringify` would make `null` of `NaN`, and
 * the money would be gone without a word.
 */
export function jsonOf(value: unknown): string {
  try {
    const json: string | undefined = JSON.stringify(value, finite);
    if (json !== undefined) return json;
  } catch (error) {
    if (error instanceof FootfallError) throw error;
    throw new FootfallError('invalid', `is no JSON: ${messageOf(error)}`, { cause: error });
  }
  throw new FootfallError('invalid', 'is no JSON');
}

function finite(key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  throw new FootfallError('invalid', `${key} is ${value}, which is no number that can be sent`);
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
