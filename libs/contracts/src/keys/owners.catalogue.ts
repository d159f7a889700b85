/** Whom a key or a user may be bound to: of others it sees nothing, and for others it sends nothing. */
export const OWNER_KINDS = ['creator', 'producer', 'organization'] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];

export const isOwnerKind = (text: unknown): text is OwnerKind =>
  (OWNER_KINDS as readonly unknown[]).includes(text);
