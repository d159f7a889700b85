import { ContractBreachError } from '#libs/platform';

/** Where a page ended: the next one begins behind it, whatever was stored meanwhile. */
export interface Position {
  /** UTC, with microseconds. */
  readonly time: string;
  readonly id: string;
}

/** A time without microseconds, as a position spells it. */
export const spelt = (time: Date): string => time.toISOString().replace(/Z$/, '000Z');

export const cursorOf = ({ time, id }: Position): string =>
  Buffer.from(JSON.stringify([time, id])).toString('base64url');

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws ContractBreachError for a cursor that was not ours. */
export function positionOf(
  cursor: string | undefined,
  type: 'text' | 'uuid' = 'text',
): Position | null {
  if (cursor === undefined) return null;
  try {
    const [time, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (isTime(time) && isId(id, type)) return { time, id };
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
const isId = (id: unknown, type: 'text' | 'uuid'): id is string =>
  typeof id === 'string' && (type === 'uuid' ? UUID.test(id) : !id.includes('\0'));
