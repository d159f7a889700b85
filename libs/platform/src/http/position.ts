import { ContractBreachError } from '../errors/contract-breach.error.js';

/** Where a list in the order of time and id ended: the next page begins behind it. */
export interface Position {
  /** UTC, with microseconds, which a Date would cut. */
  readonly time: string;
  readonly id: string;
}

/** Of an item of a list whose times have no microseconds. */
export const positionAt = (time: Date, id: string): Position => ({
  time: time.toISOString().replace(/Z$/, '000Z'),
  id,
});

export const cursorOf = ({ time, id }: Position): string =>
  Buffer.from(JSON.stringify([time, id])).toString('base64url');

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

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
    if (isTime(time) && typeof id === 'string' && isId(id)) return { time, id };
  } catch {
    // Not ours: said below.
  }
  throw new ContractBreachError([{ field: 'cursor', reason: 'is not a cursor of this list' }]);
}

const isTime = (time: unknown): time is string =>
  typeof time === 'string' && TIME.test(time) && isReal(time);

/** No 31st of February, which PostgreSQL would refuse. The year 0 is none of its years. */
const isReal = (time: string): boolean => {
  const date = new Date(time);
  return (
    !Number.isNaN(+date) &&
    date.toISOString().slice(0, 19) === time.slice(0, 19) &&
    !time.startsWith('0000')
  );
};

/** PostgreSQL takes no NUL. */
const isStorable = (id: string): boolean => !id.includes('\0');
