import type { FuncKeywordDefinition } from 'ajv';

/** Bounds of a time that a sender spells as text, beside `format: date-time`. */
export interface TimeLimits {
  /** Milliseconds since 1970, both included. */
  readonly earliest: number;
  readonly latest: number;
  /** How far the sender's clock may be from ours, in milliseconds. */
  readonly mostAhead?: number;
  readonly mostBehind?: number;
}

/** No zone is further away than PostgreSQL reads; `format` accepts more. */
const READABLE_ZONE = /(?:z|[+-](?:0\d|1[0-5]):?\d\d)$/i;

/**
 * `x-time` of the published schema: what `format: date-time` does not say of a time, so that every
 * time that passes can be stored.
 */
export const timeKeyword: FuncKeywordDefinition = {
  keyword: 'x-time',
  type: 'string',
  schemaType: 'object',
  errors: false,
  validate: (limits: TimeLimits, text: string) => isWithin(text, limits, Date.now()),
};

function isWithin(text: string, limits: TimeLimits, now: number): boolean {
  if (!READABLE_ZONE.test(text)) return false;
  const time = millisOf(text);
  return (
    time >= Math.max(limits.earliest, now - (limits.mostBehind ?? Infinity)) &&
    time <= Math.min(limits.latest, now + (limits.mostAhead ?? Infinity))
  );
}

/** A time that `format: date-time` takes; NaN for what is none. Its leap second is the one before. */
export function millisOf(text: unknown): number {
  if (typeof text !== 'string') return Number.NaN;
  if (isPlain(text)) return Date.parse(text);
  return Date.parse(
    text
      .toUpperCase()
      .replace(' ', 'T')
      .replace(/:60(?=[.Z+-])/, ':59'),
  );
}

/** As most senders spell it: looked at rather than respelt, since each event has one or two. */
const isPlain = (text: string): boolean =>
  text[10] === 'T' && text.at(-1) === 'Z' && text[17] !== '6';
