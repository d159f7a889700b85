import { ContractBreachError } from '#libs/platform';

/** Where a page ended: the next one begins behind it, whatever was stored meanwhile. */
export interface Position {
  readonly time: Date;
  readonly id: string;
}

export const cursorOf = ({ time, id }: Position): string =>
  Buffer.from(JSON.stringify([+time, id])).toString('base64url');

/** The end of the year 9999: every event time lies between 1970 and that. */
const LATEST_TIME = 253_402_300_799_999;

/** @throws ContractBreachError for a cursor that was not ours. */
export function positionOf(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  try {
    const [time, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (isTime(time) && isId(id)) return { time: new Date(time), id };
  } catch {
    // Not ours: said below.
  }
  throw new ContractBreachError([{ field: 'cursor', reason: 'is not a cursor of this list' }]);
}

const isTime = (time: unknown): time is number =>
  Number.isInteger(time) && (time as number) >= 0 && (time as number) <= LATEST_TIME;

/** PostgreSQL takes no NUL. */
const isId = (id: unknown): id is string => typeof id === 'string' && !id.includes('\0');
