import { ContractBreachError } from '#libs/platform';

/** Where a page ended: the next one begins behind it, whatever was stored meanwhile. */
export interface Position {
  readonly time: Date;
  readonly id: string;
}

export const cursorOf = ({ time, id }: Position): string =>
  Buffer.from(JSON.stringify([+time, id])).toString('base64url');

/** @throws ContractBreachError for a cursor that was not ours. */
export function positionOf(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  try {
    const [time, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (Number.isSafeInteger(time) && typeof id === 'string') {
      return { time: new Date(time as number), id };
    }
  } catch {
    // Not ours: said below.
  }
  throw new ContractBreachError([{ field: 'cursor', reason: 'is not a cursor of this list' }]);
}
