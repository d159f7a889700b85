import type { Caller } from '../access/caller.js';
import type { ContractClass } from './check.js';
import type { Answer, Outcome } from './outcome.js';
import type { Receipt } from './receipt.js';
import type { HearsRefusals } from './refused.js';

/** At most `most` events of one `key` in `perSeconds`, counted from the first of them. */
export interface Allowance {
  readonly key: string;
  readonly most: number;
  readonly perSeconds: number;
}

/** What a door may say of an event in verdicts and metrics: it knows no contract's fields. */
export interface Traits {
  /** What the sender calls it; absent where the contract has no id of the sender's. */
  readonly id?: string;
  /** From a closed catalogue, else `_OTHER`: a metric label. */
  readonly name: string;
  /** Epoch milliseconds by the sender's clock; absent where it says none. */
  readonly time?: number;
}

export interface BatchOptions {
  /** The path that takes an array of such events. */
  readonly path: string;
  /** How many events one request may hold, by caller. More is 413. */
  readonly most: (caller: Caller) => number;
  /** For the published document; absent: the limits alone. */
  readonly description?: string;
  /** A batch and what it is answered, for the published document. */
  readonly example?: { readonly sent: readonly object[]; readonly answered: object };
}

/**
 * Everything a contract needs at its door: a new one declares, and the door stays as it is.
 * `Controller` is the one that declares it, where the declaration asks it for settings.
 */
export interface EndpointOptions<Event, Controller = HearsRefusals> {
  /** The contract's name in metrics and in the log. */
  readonly name: string;
  /** Exact paths, without a leading slash; one that begins with a slash answers `//path`. */
  readonly paths: readonly string[];
  /**
   * Other spellings of the same paths, which the door answers alike. They are published in words
   * only: a reader needs one of each.
   */
  readonly aliases?: readonly string[];
  readonly batch?: BatchOptions;
  readonly contract: ContractClass<Event>;
  readonly summary: string;
  readonly description?: string;
  /** Named request bodies that Swagger shows; each is tested against the contract. */
  readonly examples?: Readonly<Record<string, { summary: string; value: object }>>;
  /** Bytes, on the wire and decoded alike. */
  readonly bodyLimit: number;
  readonly caller: 'none' | 'optional' | 'required';
  /** What a caller must be allowed, where one is required. */
  readonly scope?: string;
  /**
   * Whether a caller that has the scope may send here at all; absent: every one. Others are answered
   * 403, as without the scope.
   */
  readonly welcomes?: (caller: Caller) => boolean;
  /**
   * Where a caller is required: takes a request without credentials too, if it comes from a network
   * that is trusted. Its caller is of kind `network` and has the door's scope. Credentials that are
   * sent are judged, wherever they come from.
   */
  readonly trustsNetworks?: boolean;
  /** Answers any origin with credentials allowed; the list names the request headers it may send. */
  readonly cors: false | { readonly headers: readonly string[] };
  /** What one event draws on; each event of a batch counts. Absent: never limited. */
  readonly rateLimit?: (
    event: Event,
    receipt: Receipt,
    caller: Caller,
    controller: Controller,
  ) => readonly Allowance[];
  readonly traits: (event: Event) => Traits;
  readonly answers: { readonly kept: Answer; readonly lost: Answer; readonly skipped?: Answer };
}

/** `sent`: the event's own JSON in UTF-8, where the check left it as it came. */
export type EndpointHandler<Event> = (
  event: Event,
  receipt: Receipt,
  caller: Caller,
  sent?: Uint8Array,
) => Promise<Outcome>;
