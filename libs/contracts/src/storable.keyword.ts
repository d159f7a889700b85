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
  return Object.keys(members).every((name) => TEXT.test(name) && isStorable(members[name]));
}
