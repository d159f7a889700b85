import { describe, expect, it } from '@jest/globals';
import { uuidOfName, uuidOfTime } from './uuid.js';

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the id of an event', () => {
  it('is of version 5 and always the same where it is made of a name', () => {
    const id = uuidOfName('anonymous:view-1');

    expect(SHAPE.exec(id)?.[1]).toBe('5');
    expect(uuidOfName('anonymous:view-1')).toBe(id);
    expect(uuidOfName('key:view-1')).not.toBe(id);
  });

  it('never changes for a name that was used before', () => {
    expect(uuidOfName('anonymous:view-1')).toBe('2dd547aa-de0b-5fe8-b947-7ee6df91cb66');
  });

  it('is of version 7 and in the order of time where it is made of a time', () => {
    const ids = [0, 1, 255, 1_700_000_000_000, 1_700_000_000_001].map(uuidOfTime);

    expect(ids.map((id) => SHAPE.exec(id)?.[1])).toEqual(['7', '7', '7', '7', '7']);
    expect(ids.toSorted()).toEqual(ids);
    expect(ids[3]).toMatch(/^018bcfe5-6800-7/);
  });

  it('is another one each time', () => {
    const ids = Array.from({ length: 1000 }, () => uuidOfTime(1_700_000_000_000));

    expect(new Set(ids).size).toBe(1000);
  });
});
