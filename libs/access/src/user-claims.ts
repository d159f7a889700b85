import { isScope } from '#libs/contracts';
import type { Caller } from '#libs/platform';
import { isUserRole, USER_ROLES } from './user-roles.catalogue.js';

/** What a token that is signed, current and ours may say; everything else in it is not read. */
export interface UserClaims {
  readonly sub?: unknown;
  readonly role?: unknown;
  readonly scope?: unknown;
  readonly creatorId?: unknown;
}

/** As long as the identifiers of the contracts, and without what PostgreSQL does not store. */
const USER_ID = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

const isId = (claim: unknown): claim is string => typeof claim === 'string' && USER_ID.test(claim);

/**
 * The user that a token stands for: `sub` is its id, `role` one of our roles, `scope` scopes apart
 * by blanks. What we do not know of roles and scopes counts nothing: an issuer has others too.
 *
 * A role is what its user may, and `scope` adds to it, since the issuer signed both. A creator alone
 * gets nothing by `scope`, not even where it says `admin`: whoever logs in often chooses the scopes
 * of its token, and of two words about one user the narrower holds.
 *
 * A role that is no text may hold `creator` somewhere: nobody can tell, so its user may nothing.
 *
 * Null where `sub` is no id, or `creatorId` is there and is none.
 */
export function userOf({ sub, role, scope, creatorId }: UserClaims): Caller | null {
  if (!isId(sub)) return null;
  if (role === 'creator') return creatorOf(sub, creatorId ?? sub);
  const named = typeof scope === 'string' ? scope.split(' ').filter(isScope) : [];
  if (isOddRole(role)) return { kind: 'user', id: sub, scopes: [] };
  if (!isUserRole(role)) return { kind: 'user', id: sub, scopes: [...new Set(named)] };
  const scopes = [...new Set([...USER_ROLES[role].scopes, ...named])];
  return { kind: 'user', id: sub, role, scopes };
}

const isOddRole = (role: unknown): boolean => (role ?? null) !== null && typeof role !== 'string';

function creatorOf(sub: string, creatorId: unknown): Caller | null {
  if (!isId(creatorId)) return null;
  const { scopes } = USER_ROLES.creator;
  const owner = { kind: 'creator', id: creatorId };
  return { kind: 'user', id: sub, role: 'creator', scopes, owner };
}
