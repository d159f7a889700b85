import { describe, expect, it } from '@jest/globals';
import { ContractBreachError } from '../errors/contract-breach.error.js';
import { cursorOf, positionAt, positionOf } from './position.js';

const TIME = '2023-11-14T22:13:20.123456Z';

const cursor = (...parts: unknown[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

describe('the cursor of a list', () => {
  it.each(['event-1', 'späte ☃ 😀', '"quoted"', '[1]'])(
    'leads back to the place after %s',
    (id) => {
      const position = { time: TIME, id };

      expect(positionOf(cursorOf(position))).toEqual(position);
    },
  );

  it('spells a time without microseconds like one with them', () => {
    const position = positionAt(new Date('2023-11-14T22:13:20.123Z'), 'a');

    expect(positionOf(cursorOf(position))).toEqual({
      time: '2023-11-14T22:13:20.123000Z',
      id: 'a',
    });
  });

  it('is nowhere without one', () => {
    expect(positionOf(undefined)).toBeNull();
  });

  it.each([
    '',
    'x',
    'bnVsbA',
    'W10',
    '!!!',
    cursor('a', 'b'),
    cursor(1_700_000_000_000, 'a'),
    cursor('2023-02-31T00:00:00.000000Z', 'a'),
    cursor('0000-01-01T00:00:00.000000Z', 'a'),
    cursor(TIME, 'a\0'),
    cursor(TIME, 7),
  ])('refuses "%s", not ours', (text) => {
    expect(() => positionOf(text)).toThrow(ContractBreachError);
  });

  it('is refused where a list has no such ids', () => {
    const ofAnotherList = cursorOf(positionAt(new Date(0), 'event-1'));

    expect(() => positionOf(ofAnotherList, (id) => id.length === 36)).toThrow(ContractBreachError);
  });
});
