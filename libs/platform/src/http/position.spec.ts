import { describe, expect, it } from '@jest/globals';
import { ContractBreachError } from '../errors/contract-breach.error.js';
import { cursorOf, positionOf } from './position.js';

describe('the cursor of a list', () => {
  it.each(['event-1', 'späte ☃ 😀', '"quoted"', '[1]'])(
    'leads back to the place after %s',
    (id) => {
      const position = { time: new Date(1_700_000_000_123), id };

      expect(positionOf(cursorOf(position))).toEqual(position);
    },
  );

  it('is nowhere without one', () => {
    expect(positionOf(undefined)).toBeNull();
  });

  it.each(['', 'x', 'bnVsbA', 'W10', 'WyJhIiwiYiJd', '!!!'])('refuses "%s", not ours', (cursor) => {
    expect(() => positionOf(cursor)).toThrow(ContractBreachError);
  });

  it('is refused where a list has no such ids', () => {
    const cursor = cursorOf({ time: new Date(0), id: 'event-1' });

    expect(() => positionOf(cursor, (id) => id.length === 36)).toThrow(ContractBreachError);
  });
});
