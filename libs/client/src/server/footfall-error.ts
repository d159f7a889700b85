import type { Breach } from '../contract/types.js';

/**
 * - `invalid`: cannot be sent at all, such as an amount that is `NaN`.
 * - `refused`: Footfall will never take it as it is; `status` and `breaches` say why.
 * - `unauthorized`: the key is missing, wrong, or may not send this (401, 403).
 * - `queue_full`: no room came free in time, mostly because Footfall is away; `cause` says how.
 * - `aborted`: the caller's signal ended the waiting.
 * - `closed`: the client was closed before.
 * - `undelivered`: not acknowledged when closing ended. It may have arrived all the same.
 */
export type FootfallErrorCode =
  'invalid' | 'refused' | 'unauthorized' | 'queue_full' | 'aborted' | 'closed' | 'undelivered';

export interface FootfallErrorDetails {
  readonly event?: object | undefined;
  readonly status?: number | undefined;
  readonly breaches?: readonly Breach[] | undefined;
  readonly errors?: readonly FootfallError[] | undefined;
  readonly cause?: unknown;
}

/** The one error of this client; `code` tells what to do about it. */
export class FootfallError extends Error {
  override readonly name = 'FootfallError';
  /** The event as it would have been sent, with its id and time: it can be given again. */
  readonly event: object | undefined;
  /** What Footfall answered, where it was that which decided. */
  readonly status: number | undefined;
  /** What the event breaks of its contract. */
  readonly breaches: readonly Breach[];
  /** Of `flush` and `close`: one for each event. */
  readonly errors: readonly FootfallError[];

  constructor(
    readonly code: FootfallErrorCode,
    message: string,
    { event, status, breaches = [], errors = [], cause }: FootfallErrorDetails = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.event = event;
    this.status = status;
    this.breaches = breaches;
    this.errors = errors;
  }
}

const SHOWN = 3;

/** What became of several events, told at once; the code of the first. Expects at least one. */
export function togetherAsOne(errors: readonly [FootfallError, ...FootfallError[]]): FootfallError {
  const [{ code, status }] = errors;
  const shown = errors.slice(0, SHOWN).map(({ message }) => message);
  if (errors.length > SHOWN) shown.push(`and ${errors.length - SHOWN} more`);
  const breaches = errors.flatMap((error) => error.breaches);
  return new FootfallError(code, shown.join('; '), { status, breaches, errors });
}

/** How an event is named in messages. */
export function nameOf(event: object): string {
  const { event: name, eventName, eventType } = event as Readonly<Record<string, unknown>>;
  const told = name ?? eventName ?? eventType;
  return typeof told === 'string' && told !== '' ? told : 'An event';
}
