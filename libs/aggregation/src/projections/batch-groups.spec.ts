import { describe, expect, it } from '@jest/globals';
import { type Batch, firstWithin, groupsOf } from './batch-groups.js';

const batch = (createdAt: string, least: string | null, greatest = least, stored = 1): Batch => ({
  xid: '1',
  id: '1',
  contract: 'checkout',
  stored,
  createdAt,
  least: least === null ? null : new Date(least),
  greatest: greatest === null ? null : new Date(greatest),
  isRepeat: false,
});

describe('the batches of one step', () => {
  const sized = (...sizes: number[]) =>
    sizes.map((stored, index) => batch(`${index}`, '2026-01-05', '2026-01-05', stored));

  it.each([
    ['all of them, where they are few', [1, 2, 3], 3],
    ['as many as fit', [4, 4, 4], 2],
    ['one that is too large, alone', [50, 1], 1],
    ['none where there is none', [], 0],
  ])('are %s', (_, sizes, taken) => {
    expect(firstWithin(sized(...sizes), 10)).toHaveLength(taken);
  });

  it('are new ones or repeats, never both', () => {
    const [first, second, third] = sized(1, 1, 1) as [Batch, Batch, Batch];

    const taken = firstWithin(
      [{ ...first, isRepeat: true }, { ...second, isRepeat: true }, third],
      10,
    );

    expect(taken.map(({ createdAt }) => createdAt)).toEqual(['0', '1']);
  });
});

describe('the batches of one statement', () => {
  const inGroups = (...batches: Batch[]) => groupsOf(batches).map(({ createdAt }) => createdAt);

  it('have event times close to each other, in whatever order they come', () => {
    const groups = inGroups(
      batch('b', '2026-01-06'),
      batch('late', '2025-06-01'),
      batch('a', '2026-01-05', '2026-01-06'),
    );

    expect(groups).toEqual([['late'], ['a', 'b']]);
  });

  it('do not share it with one that reaches far for the sake of one odd event', () => {
    const groups = inGroups(
      batch('a', '2026-01-05'),
      batch('odd', '2026-01-05T01:00:00Z', '2099-01-01'),
      batch('b', '2026-01-05T02:00:00Z'),
    );

    expect(groups).toEqual([['a'], ['odd'], ['b']]);
  });

  it('are those that stored something', () => {
    expect(inGroups(batch('nothing', null))).toEqual([]);
  });

  it('are read up to the microseconds that a Date has cut off', () => {
    const [group] = groupsOf([batch('a', '2026-01-05T00:00:00.123Z')]);

    expect(group?.to.toISOString()).toBe('2026-01-05T00:00:00.124Z');
  });
});
