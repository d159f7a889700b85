import type { OwnerKind } from '#libs/contracts';
import type { Caller } from '#libs/platform';
import { NotFoundException } from '@nestjs/common';

/**
 * The id of the owner of this kind that the caller is bound to; null where it sees everybody's.
 *
 * @throws NotFoundException where it is bound to another kind: a route for several must not take that
 * for no bond at all.
 */
export function ownerOf({ owner }: Caller, kind: OwnerKind): string | null {
  if (owner === undefined) return null;
  if (owner.kind !== kind) throw new NotFoundException(`There is no such ${kind}.`);
  return owner.id;
}

/**
 * The id that a question is about: a caller that is bound asks about its own, whether it says so or
 * not; null where everybody's is asked for.
 *
 * @throws NotFoundException where it asks about another's, which does not exist for it.
 */
export function onlyOwn(caller: Caller, kind: OwnerKind, asked: string | undefined): string | null {
  const own = ownerOf(caller, kind);
  if (own !== null && asked !== undefined && asked !== own) {
    throw new NotFoundException(`There is no such ${kind}.`);
  }
  return own ?? asked ?? null;
}
