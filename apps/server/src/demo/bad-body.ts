import type { Refusal } from '#libs/event-log';
import type { Breach } from '#libs/platform';
import { type Peer, receiptOf } from './delivery.js';
import type { Random } from './random.js';

/** A body that a door refuses, and what it says of it. */
export interface BadBody {
  readonly reason: string;
  readonly breach: Breach;
  /** As it was sent; null where it was no JSON. */
  readonly body: object | null;
}

/** A breach of the contract, in one field. */
export const breach = (field: string, reason: string, body: object): BadBody => ({
  reason: 'breach',
  breach: { field, reason },
  body,
});

/** What a door keeps of a body that it refused. */
export const refusalOf = (
  contract: string,
  { reason, breach: breached, body }: BadBody,
  { peer, at, random }: { readonly peer: Peer; readonly at: number; readonly random: Random },
): Refusal => ({
  kind: 'refusal',
  contract,
  reason,
  raw: JSON.stringify(body),
  breaches: [breached],
  receipt: receiptOf(peer, at + random.whole(40, 900), random),
});
