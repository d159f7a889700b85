/** How far a sender is trusted: anybody, a user with a token, a server with an ingest key. */
export type SenderTrust = 'anonymous' | 'user' | 'key';

/** What the server adds to an analytics event when it is taken, decided once. */
export interface AnalyticsAdded {
  /** A UUID: derived from the idempotency key where there is one, so that a retry has the same. */
  readonly eventId: string;
  /** The sender's, behind the sender's trust: nobody can take the key of who is trusted more. */
  readonly idempotencyKey: string | null;
  readonly trust: SenderTrust;
  /** What and who acted, as a token or a trusted server says; null where nobody is known. */
  readonly actorType: string | null;
  readonly actorId: string | null;
}
