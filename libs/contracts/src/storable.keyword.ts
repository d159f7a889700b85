import type { FuncKeywordDefinition } from 'ajv';
import { STORABLE } from './fields.js';

const TEXT = new RegExp(STORABLE, 'u');

/**
 * `x-storable` of the published schema: JSON of the sender's own shape whose texts, names among
 * them, hold neither NUL nor lone surrogates, and whose numbers are finite. PostgreSQL stores
 * nothing else, and JSON would turn 1e999 into null.
 */
export const storableKeyword: FuncKeywordDefinition = {
  keyword: 'x-storable',
  schemaType: 'boolean',
  errors: false,
  validate: (_on: boolean, value: unknown) => isStorable(value),
};

/** Recursion is bounded: the door lets no more than eight levels through. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return TEXT.test(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isStorable);
  const members = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(members)) {
    if (!TEXT.test(name) || !isStorable(members[name])) return false;
  }
  return true;
}

/**
 * The same of a value whose JSON text is at hand: what cannot be stored is escaped there, or null.
 * To look through it as a whole takes a tenth of a look at each of its texts.
 */
export const isStorableAs = (json: string, value: unknown): boolean =>
  !(json.includes(String.raw`\u0000`) || json.includes(String.raw`\ud`) || json.includes('null')) ||
  isStorable(value);
