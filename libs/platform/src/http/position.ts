import { ContractBreachError } from '../errors/contract-breach.error.js';

/** Where a list in the order of time and id ended: the next page begins behind it. */
export interface Position {
  readonly time: Date;
  readonly id: string;
}

export const cursorOf = ({ time, id }: Position): string =>
  Buffer.from(JSON.stringify([+time, id])).toString('base64url');

/** The end of the year 9999: every time of an event or a receipt lies between 1970 and that. */
const LATEST_TIME = 253_402_300_799_999;

/**
 * Null without a cursor. `isId` says what an id of this list looks like.
 *
 * @throws ContractBreachError for a cursor that was not ours, or of another list.
 */
export function positionOf(
  cursor: string | undefined,
  isId: (id: string) => boolean = isStorable,
): Position | null {
  if (cursor === undefined) return null;
  try {
    const [time, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (isTime(time) && typeof id === 'string' && isId(id)) return { time: new Date(time), id };
  } catch {
    // Not ours: said below.
  }
  throw new ContractBreachError([{ field: 'cursor', reason: 'is not a cursor of this list' }]);
}

const isTime = (time: unknown): time is number =>
  Number.isInteger(time) && (time as number) >= 0 && (time as number) <= LATEST_TIME;

/** PostgreSQL takes no NUL. */
const isStorable = (id: string): boolean => !id.includes('\0');
