/** Whose a thing is: the kind of owner and its id. */
export interface Owner {
  readonly kind: string;
  readonly id: string;
}

/** Who stands behind a request, once its credentials were judged. Never holds the credentials. */
export interface Caller {
  /** `network`: bears no credentials, and comes from where the door needs none. */
  readonly kind: 'anonymous' | 'user' | 'key' | 'network';
  /** Id of the key or of the user; null for whoever bears no credentials. */
  readonly id: string | null;
  /** `admin` stands for all of them. */
  readonly scopes: readonly string[];
  /** What a user is, where the token says one of the roles that we know. */
  readonly role?: string;
  /** Whom alone the caller stands for: what belongs to others does not exist for it. */
  readonly owner?: Owner;
}

export const ANONYMOUS: Caller = { kind: 'anonymous', id: null, scopes: [] };

export const isAllowed = (caller: Caller, scope: string): boolean =>
  caller.scopes.includes(scope) || caller.scopes.includes('admin');
