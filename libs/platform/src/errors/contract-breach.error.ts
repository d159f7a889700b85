/** One field, one reason: what the sender must fix. */
export interface Breach {
  readonly field: string;
  readonly reason: string;
}

/** The request breaks the contract and will never succeed as sent: the only error a sender sees. */
export class ContractBreachError extends Error {
  override readonly name = 'ContractBreachError';

  constructor(readonly breaches: readonly Breach[]) {
    super(breaches.map(({ field, reason }) => `${field}: ${reason}`).join('; '));
  }
}
