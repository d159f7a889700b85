import { isScope } from '#libs/contracts';
import type { Caller } from '#libs/platform';
import { isUserRole } from './user-roles.catalogue.js';

/** What a token that is signed, current and ours may say; everything else in it is not read. */
export interface UserClaims {
  readonly sub?: unknown;
  readonly role?: unknown;
  readonly scope?: unknown;
}

/** As long as the identifiers of the contracts, and without what PostgreSQL does not store. */
const USER_ID = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

/**
 * The user that a token stands for: `sub` is its id, `role` one of our roles, `scope` scopes apart
 * by blanks. What we do not know of roles and scopes counts nothing: an issuer has others too.
 *
 * Null where `sub` is no id.
 */
export function userOf({ sub, role, scope }: UserClaims): Caller | null {
  if (typeof sub !== 'string' || !USER_ID.test(sub)) return null;
  const named = typeof scope === 'string' ? scope.split(' ').filter(isScope) : [];
  const scopes = [...new Set(role === 'admin' ? ['admin', ...named] : named)];
  return { kind: 'user', id: sub, scopes, ...(isUserRole(role) && { role }) };
}
