import type { Breach } from '../errors/contract-breach.error.js';
import { MOST_FIELDS, MOST_LEVELS, shapeOf } from './json-shape.js';

/** Names the body as a whole, where no field is to blame. */
export const WHOLE_BODY = 'body';

type UnreadableReason = 'breach' | 'not_json' | 'too_deep' | 'too_large';

/** Why bytes are no object that a contract could judge. */
export interface Unreadable {
  readonly reason: UnreadableReason;
  readonly breach: Breach;
}

export const unreadable = (reason: UnreadableReason, why: string): Unreadable => ({
  reason,
  breach: { field: WHOLE_BODY, reason: why },
});

/** Either the parsed object, or why there is none. */
export type Reading =
  | { readonly body: object; readonly fault?: undefined }
  | { readonly body?: undefined; readonly fault: Unreadable };

const EMPTY = { fault: unreadable('not_json', 'is empty') };
const NOT_UTF8 = { fault: unreadable('not_json', 'is not UTF-8') };
const NOT_JSON = { fault: unreadable('not_json', 'is not JSON') };
const NO_OBJECT = { fault: unreadable('breach', 'is not a JSON object') };
const TOO_DEEP = {
  fault: unreadable('too_deep', `is nested deeper than ${MOST_LEVELS} levels`),
};
const TOO_MANY_FIELDS = {
  fault: unreadable('breach', `has more than ${MOST_FIELDS} top-level fields`),
};

// A byte-order mark is kept, so that parsing refuses it: it is not JSON.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads one JSON object. Its shape is judged before it is parsed. Never throws. */
export function readObject(bytes: Uint8Array, shape = shapeOf(bytes)): Reading {
  if (bytes.length === 0) return EMPTY;
  if (shape === 'too_deep') return TOO_DEEP;
  if (shape === 'too_many_fields') return TOO_MANY_FIELDS;
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return NOT_UTF8;
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return NO_OBJECT;
  return { body };
}

/** Reads an object again that a check has changed, for those who keep what was refused. */
export const asSent = (bytes: Uint8Array): object | null => readObject(bytes).body ?? null;
