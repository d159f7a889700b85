import type { Breach, Receipt } from '#libs/platform';

/** What passes through the log: an event that kept its contract, or something refused. */
export type EventRecord = AcceptedEvent | Refusal;

export interface AcceptedEvent {
  readonly kind: 'event';
  readonly contract: string;
  /** Normalised and checked; never judged again. */
  readonly event: object;
  readonly receipt: Receipt;
  /** What the server added: the offer's product and producer, or null while unresolved. */
  readonly offer: { readonly productId: string; readonly producerId: string } | null;
  /** What else the server added, by the contract's own rules: who spoke, a key, a derived id. */
  readonly added?: object;
}

/** What a door or the NATS consumer refused. Only the event writer puts it into `rejected_events`. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly contract: string;
  /** Why, from the closed list of refusal reasons. */
  readonly reason: string;
  /** As it came, bounded. */
  readonly raw: string;
  readonly breaches: readonly Breach[];
  readonly receipt: Receipt;
}
