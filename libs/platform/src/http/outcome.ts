/**
 * What became of one event that kept its contract.
 *
 * `kept`: it survives a crash. `lost`: our fault, and it is not kept. `skipped`: not kept because
 * a privacy signal asks for that.
 */
export interface Outcome {
  readonly verdict: 'kept' | 'lost' | 'skipped';
  /** The id that the sender is told, where the contract answers one of its own. */
  readonly eventId?: string;
}

export const KEPT: Outcome = { verdict: 'kept' };
export const LOST: Outcome = { verdict: 'lost' };

/** How a door answers an outcome: a status and, where the contract asks for them, headers and a body. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; absent means an empty body. */
  readonly body?: (outcome: Outcome, receipt: { readonly privacySignal?: string }) => object;
  /** What the sender should make of it, for the published document. */
  readonly description?: string;
  /** The schema of the body and what it may look like, for the published document. */
  readonly schema?: object;
  readonly example?: unknown;
}
