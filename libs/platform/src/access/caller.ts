/** Who stands behind a request, once its credentials were judged. Never holds the credentials. */
export interface Caller {
  readonly kind: 'anonymous' | 'user' | 'key';
  /** Id of the key or of the user; null for an anonymous caller. */
  readonly id: string | null;
  /** `admin` stands for all of them. */
  readonly scopes: readonly string[];
}

export const ANONYMOUS: Caller = { kind: 'anonymous', id: null, scopes: [] };

export const isAllowed = (caller: Caller, scope: string): boolean =>
  caller.scopes.includes(scope) || caller.scopes.includes('admin');
