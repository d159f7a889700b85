import { isUuid } from '#libs/contracts';
import { ContractBreachError } from '#libs/platform';
import type { KeptEvent } from './kept-event.js';

/** Where a retry stopped: the next one goes on behind it. */
export type Position = Pick<KeptEvent, 'receivedAt' | 'id'>;

export const cursorOf = ({ receivedAt, id }: Position): string =>
  Buffer.from(JSON.stringify([+receivedAt, id])).toString('base64url');

/** @throws ContractBreachError for a cursor that was not ours. */
export function positionOf(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  try {
    const [time, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (isTime(time) && isId(id)) return { receivedAt: new Date(time), id };
  } catch {
    // Not ours: said below.
  }
  throw new ContractBreachError([{ field: 'cursor', reason: 'is not a cursor of a retry' }]);
}

/** The end of the year 9999. */
const LATEST_TIME = 253_402_300_799_999;

const isTime = (time: unknown): time is number =>
  Number.isInteger(time) && (time as number) >= 0 && (time as number) <= LATEST_TIME;

const isId = (id: unknown): id is string => isUuid(id);
