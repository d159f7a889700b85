/** What an offer stands for: resolved by the server, never sent. */
export interface Offer {
  readonly productId: string;
  readonly producerId: string;
}

/** The directory cannot say whether an offer exists. Never the sender's fault. */
export class CannotTellError extends Error {
  override readonly name = 'CannotTellError';
}
