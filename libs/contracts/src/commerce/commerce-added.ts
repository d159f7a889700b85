/** What the server adds to a commerce event when it is taken, decided once. */
export interface CommerceAdded {
  readonly wire: 'collector' | 'envelope';
  readonly transport: 'http' | 'nats';
  /** Where the event has no key of its own: each request is an event, and one record stays one. */
  readonly once: string | null;
}
