import { ContractBreachError } from '#libs/platform';

/** Opaque to whoever pages: the last id of a page. */
export const cursorOf = (id: string): string => Buffer.from(id).toString('base64url');

/**
 * The id after which a page begins; empty for the first page.
 *
 * @throws ContractBreachError for a cursor that is none of ours.
 */
export function afterCursor(cursor: string | undefined): string {
  if (cursor === undefined) return '';
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  const isOurs = cursorOf(id) === cursor && !id.includes('\0');
  if (!isOurs) {
    throw new ContractBreachError([{ field: 'cursor', reason: 'is no cursor of this list' }]);
  }
  return id;
}
