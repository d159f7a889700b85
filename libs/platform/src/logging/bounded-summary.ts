import { MASKED, maskedText, SENSITIVE } from './masking.js';

const MOST_BYTES = 2048;
const MOST_DEPTH = 4;
const LONGEST_KEY = 64;
const LONGEST_TEXT = 256;

/** Left for the mark that something was cut. */
const CUT = '…';
const CUT_BYTES = Buffer.byteLength(JSON.stringify({ [CUT]: CUT }));

/**
 * What a log line may say of a payload: at most 2 KiB of JSON, four levels deep, e-mail addresses,
 * telephone numbers, card numbers and what stands in fields called one of `hidden` masked; `…`
 * stands where something was left out.
 *
 * Breadth first and without recursion, so that the top of a deep payload is shown and nothing in
 * it can break the logger. Never throws.
 */
export function boundedSummary(payload: unknown, hidden: readonly string[] = []): unknown {
  try {
    if (!isContainer(payload)) return scalar(payload);
    return summaryOf(payload, hidden);
  } catch {
    // Only an object that is no JSON, such as one with a throwing getter. Its log line must leave.
    return '[unreadable]';
  }
}

type Container = readonly unknown[] | Readonly<Record<string, unknown>>;

/** A container of the payload, and the one of the summary that it is copied to. */
interface Copy {
  readonly from: Container;
  readonly to: unknown[] | Record<string, unknown>;
  readonly depth: number;
}

function summaryOf(payload: Container, hidden: readonly string[]): unknown {
  const top = copyOf(payload, 1);
  const waiting = [top];
  let room = MOST_BYTES - CUT_BYTES - 2;
  for (const copy of waiting) {
    for (const key of keysOf(copy.from)) {
      const value = valueAt(copy, key, hidden);
      const child =
        isContainer(value) && copy.depth < MOST_DEPTH ? copyOf(value, copy.depth + 1) : null;
      const shown = child ? child.to : scalar(value);
      const name = typeof key === 'string' ? maskedText(key, LONGEST_KEY) : key;
      room -= bytesOf(name) + 1 + bytesOf(shown) + 1;
      if (room < 0) {
        put(copy.to, CUT, CUT);
        return top.to;
      }
      put(copy.to, name, shown);
      if (child) waiting.push(child);
    }
  }
  return top.to;
}

/** Lazily: a list of a million entries costs no more than what is shown of it. */
const keysOf = (from: Container): Iterable<string | number> =>
  Array.isArray(from) ? from.keys() : Object.keys(from);

const valueAt = ({ from }: Copy, key: string | number, hidden: readonly string[]): unknown => {
  const value = (from as Readonly<Record<string, unknown>>)[key];
  if (typeof key === 'number' || !(SENSITIVE.test(key) || hidden.includes(key))) return value;
  return value === null || value === '' ? value : MASKED;
};

function put(to: unknown[] | Record<string, unknown>, key: string | number, value: unknown): void {
  if (Array.isArray(to)) to.push(value);
  else to[key] = value;
}

/** Without a prototype, so that a field called `__proto__` is a field like any other. */
const copyOf = (from: Container, depth: number): Copy => ({
  from,
  to: Array.isArray(from) ? [] : (Object.create(null) as Record<string, unknown>),
  depth,
});

const isContainer = (value: unknown): value is Container =>
  typeof value === 'object' && value !== null;

function scalar(value: unknown): unknown {
  if (typeof value === 'string') return maskedText(value, LONGEST_TEXT);
  if (typeof value === 'number') {
    return maskedText(String(value), LONGEST_TEXT) === MASKED ? MASKED : value;
  }
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null;
  if (Array.isArray(value)) return '[…]';
  return typeof value === 'object' ? '{…}' : typeof value;
}

const bytesOf = (value: unknown): number =>
  isContainer(value) ? 2 : Buffer.byteLength(JSON.stringify(value));
