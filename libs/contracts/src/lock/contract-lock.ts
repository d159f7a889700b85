/**
 * The record of what was ever published for senders: once a field or a door stands in it, it
 * stays. Committed as `contract-lock.json`, compared with the published document by a test.
 */
export interface ContractLock {
  /** By `METHOD /path`: every operation that takes a body. */
  readonly doors: Readonly<Record<string, LockedDoor>>;
  readonly contracts: Readonly<Record<string, LockedContract>>;
}

export interface LockedDoor {
  /** The contract of the body; `CheckoutEventDto[]` for a list of such events. */
  readonly body: string;
  /** The statuses of success. */
  readonly answers: readonly string[];
}

export interface LockedContract {
  /** Its value lists may not even grow: its document is not ours to change. */
  readonly immutable?: true;
  /** By name; what is inside an object or a list by its path. */
  readonly fields: Readonly<Record<string, LockedField>>;
}

export interface LockedField {
  readonly rule: 'required' | 'optional' | 'forbidden';
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly normalise?: string;
  /** The other name under which it may be sent. */
  readonly alias?: string;
  /** What it takes, in words, where that is one of several types. */
  readonly accepts?: string;
  readonly requires?: string;
  /** Whether nothing is refused because of its shape. */
  readonly lenient?: true;
  /** Whether JSON of the sender's own shape is judged by what can be stored. */
  readonly storable?: true;
  readonly values?: readonly (string | number)[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Of a time as text, in milliseconds: the first and last one, and how far from now it may be. */
  readonly earliest?: number;
  readonly latest?: number;
  readonly mostAhead?: number;
  readonly mostBehind?: number;
}
