import type { Scope } from './scopes.catalogue.js';

/** Whom a key or a user may be bound to: of others it sees nothing, and for others it sends nothing. */
export const OWNER_KINDS = ['creator', 'producer', 'organization'] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];

export const isOwnerKind = (text: unknown): text is OwnerKind =>
  (OWNER_KINDS as readonly unknown[]).includes(text);

const READS: readonly Scope[] = ['events:read', 'dashboards:read', 'personal-data:read'];

/**
 * What a key that is bound to an owner may do at most. Analytics events of servers are the
 * platform's word about everybody, and so is what an administrator does; a key of an organization
 * sends that organization's money.
 */
export const SCOPES_OF_OWNERS: Readonly<Record<OwnerKind, readonly Scope[]>> = {
  creator: READS,
  producer: READS,
  organization: [...READS, 'ingest:commerce'],
};
