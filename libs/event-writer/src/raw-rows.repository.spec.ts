import type { AcceptedEvent } from '#libs/event-log';
import { describe, expect, it } from '@jest/globals';
import { firstOfEachKey } from './raw-rows.repository.js';

const table = { key: ['id', 'at'] };
const entry = (id: string, at: number, mark = 0) => ({
  record: { mark } as unknown as AcceptedEvent,
  row: { id, at: new Date(at), mark },
});
const marks = (entries: readonly { row: object }[]) =>
  entries.map(({ row }) => (row as { mark: number }).mark);

describe('the first of each key', () => {
  it('comes in the order of keys, whatever the order of arrival', () => {
    const arrived = [entry('b', 1), entry('a', 2), entry('a', 1), entry('B', 1)];

    const forwards = firstOfEachKey(table, arrived).firsts;
    const backwards = firstOfEachKey(table, arrived.toReversed()).firsts;

    expect(forwards).toEqual(backwards);
  });

  it('is the one that arrived first; the others are left to be compared', () => {
    const { firsts, repeats } = firstOfEachKey(table, [
      entry('a', 1, 1),
      entry('b', 1, 2),
      entry('a', 1, 3),
      entry('a', 1, 4),
    ]);

    expect(marks(firsts)).toEqual([1, 2]);
    expect(marks(repeats)).toEqual([3, 4]);
  });

  it('holds one id at two times for two keys', () => {
    const { firsts } = firstOfEachKey(table, [entry('a', 1), entry('a', 2)]);

    expect(firsts).toHaveLength(2);
  });
});
