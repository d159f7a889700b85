import { describe, expect, it } from '@jest/globals';
import { uuidV7 } from './uuid-v7.js';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('ids of events', () => {
  it('are UUIDs of version 7 and the variant of RFC 9562', () => {
    for (let i = 0; i < 1000; i++) expect(uuidV7()).toMatch(UUID_V7);
  });

  it('begin with their millisecond, as the example of RFC 9562 does', () => {
    const id = uuidV7(0x017f22e279b0);

    expect(id.slice(0, 14)).toBe('017f22e2-79b0-');
  });

  it('sort by their milliseconds', () => {
    const times = [0, 1, 255, 1_700_000_000_000, 1_700_000_000_001, 4_102_444_800_000];

    const ids = times.map((time) => uuidV7(time));

    expect(ids.toSorted()).toEqual(ids);
  });

  it('of one millisecond sort in the order in which they were made', () => {
    const ids = Array.from({ length: 2000 }, () => uuidV7(1_700_000_000_002));

    expect(ids.toSorted()).toEqual(ids);
  });

  it('of one millisecond all differ', () => {
    const ids = Array.from({ length: 10_000 }, () => uuidV7(1_700_000_000_000));

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('use every bit that is left to chance', () => {
    const ids = Array.from({ length: 2000 }, (_, now) => uuidV7(now).replaceAll('-', '').slice(12));
    const values: Readonly<Record<number, number>> = { 1: 8, 4: 4 }; // room to count on; the variant

    for (let digit = 1; digit < 20; digit++) {
      const seen = new Set(ids.map((id) => id[digit]));
      expect([digit, seen.size]).toEqual([digit, values[digit] ?? 16]);
    }
  });
});
