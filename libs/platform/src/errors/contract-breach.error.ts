/** One field, one reason: what the sender must fix. */
export interface Breach {
  readonly field: string;
  readonly reason: string;
}

/** The request breaks the contract and will never succeed as sent: the only error a sender sees. */
export class ContractBreachError extends Error {
  override readonly name: string = 'ContractBreachError';

  constructor(readonly breaches: readonly Breach[]) {
    super(breaches.map(({ field, reason }) => `${field}: ${reason}`).join('; '));
  }
}

/**
 * What was sent is sound, but whoever sent it may not say that: `rejected` in a batch, and at a door
 * 401, where it would be taken with credentials, or 403, where those that were shown are not enough.
 */
export class NotAllowedError extends ContractBreachError {
  override readonly name = 'NotAllowedError';

  constructor(
    breaches: readonly Breach[],
    readonly reason: 'unauthorized' | 'forbidden' = 'unauthorized',
  ) {
    super(breaches);
  }
}
