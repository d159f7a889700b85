/** Why an event will not be delivered. */
export type DropReason =
  /** The server refuses it as it is, now and later. */
  | 'rejected'
  /** The server does not keep it, by a privacy signal of the browser's. */
  | 'skipped'
  /** It had to make room: the oldest first, precious ones last. */
  | 'full'
  /** It waited in storage for longer than it may. */
  | 'expired'
  /** It cannot be written as JSON. */
  | 'unserializable'
  /** It was given after `close`. */
  | 'closed';

/** One request that is on its way. */
export interface Flight {
  /** Whether it lives on when the page dies. */
  readonly outlives: boolean;
}

/** One event that is not known to be kept. */
export interface Item {
  /** The event as it was given, in JSON: what is retried is what was meant, whatever happens to the object. */
  readonly text: string;
  readonly bytes: number;
  readonly precious: boolean;
  /** When it was given, in epoch microseconds, of which no two events of a page have the same. */
  readonly at: number;
  /** Under which it stands in storage; empty while it is in memory only. */
  key: string;
  tries: number;
  flight?: Flight | undefined;
}

/** What of the sender a store needs. */
export interface StoreHost {
  readonly url: string;
  /** The events in memory. */
  readonly items: ReadonlySet<Item>;
  /** Aborted when the sender is closed. */
  readonly signal: AbortSignal;
  readonly add: (item: Item) => void;
  readonly remove: (item: Item) => void;
  readonly tell: (text: string, reason: DropReason) => void;
  /** To be called when somebody else has left events in storage. */
  readonly look: () => void;
}

/** Where a sender's events survive the page. No function throws; storage may fail at any time. */
export interface Store {
  /** Writes what is in memory only, as far as the limits go. */
  keep(): void;
  /** Makes memory agree with storage: takes in what others left, leaves out what others sent. */
  agree(): Promise<void>;
  forget(item: Item): void;
  /** Runs `work` while no other tab runs its own. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Opens the store of one sender; undefined where there is no storage. */
export type Queue = (host: StoreHost) => Store | undefined;
