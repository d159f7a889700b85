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
}

export const ANONYMOUS: Caller = { kind: 'anonymous', id: null, scopes: [] };

export const isAllowed = (caller: Caller, scope: string): boolean =>
  caller.scopes.includes(scope) || caller.scopes.includes('admin');
