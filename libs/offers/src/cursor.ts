import { ContractBreachError } from '#libs/platform';

/** Opaque to whoever pages: the last offer id of a page. */
export const cursorOf = (offerId: string): string => Buffer.from(offerId).toString('base64url');

/**
 * The offer id after which a page begins; empty for the first page.
 *
 * @throws ContractBreachError for a cursor that is none of ours.
 */
export function afterCursor(cursor: string | undefined): string {
  if (cursor === undefined) return '';
  const offerId = Buffer.from(cursor, 'base64url').toString('utf8');
  const isOurs = cursorOf(offerId) === cursor && !offerId.includes('\0');
  if (!isOurs) {
    throw new ContractBreachError([{ field: 'cursor', reason: 'is no cursor of this list' }]);
  }
  return offerId;
}
