import { describe, expect, it } from '@jest/globals';
import type { Caller } from '#libs/platform';
import { NotFoundException } from '@nestjs/common';
import { onlyOwn, ownerOf } from './owners.js';

const aCaller = (owner?: Caller['owner']): Caller => ({
  ...{ kind: 'key', id: 'key-1', scopes: ['dashboards:read'] },
  ...(owner && { owner }),
});
const ANYBODY = aCaller();
const CREATOR = aCaller({ kind: 'creator', id: 'creator-1' });
const PRODUCER = aCaller({ kind: 'producer', id: 'creator-1' });

describe('what belongs to a caller', () => {
  it('is everybody’s where it is bound to nobody', () => {
    expect(ownerOf(ANYBODY, 'creator')).toBeNull();
    expect(onlyOwn(ANYBODY, 'creator', undefined)).toBeNull();
    expect(onlyOwn(ANYBODY, 'creator', 'creator-2')).toBe('creator-2');
  });

  it('is its own alone where it is bound, asked for or not', () => {
    expect(ownerOf(CREATOR, 'creator')).toBe('creator-1');
    expect(onlyOwn(CREATOR, 'creator', undefined)).toBe('creator-1');
    expect(onlyOwn(CREATOR, 'creator', 'creator-1')).toBe('creator-1');
    expect(() => onlyOwn(CREATOR, 'creator', 'creator-2')).toThrow(NotFoundException);
    expect(() => onlyOwn(CREATOR, 'creator', '')).toThrow(NotFoundException);
  });

  it('is nothing where it is bound to another kind of owner, even of the same name', () => {
    expect(() => ownerOf(PRODUCER, 'creator')).toThrow(NotFoundException);
    expect(() => onlyOwn(PRODUCER, 'creator', undefined)).toThrow(NotFoundException);
    expect(() => onlyOwn(PRODUCER, 'creator', 'creator-1')).toThrow(NotFoundException);
  });
});
