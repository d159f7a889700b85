import { describe, expect, it } from '@jest/globals';
import { ContractBreachError } from '#libs/platform';
import { cursorOf, positionOf } from './position.js';

const TIME = '2023-11-14T22:13:20.123456Z';
const UUID = '0b5f3d2e-8c41-4a7b-9e66-1d2f7a90c5e3';

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

  it('holds a UUID where the list is of UUIDs', () => {
    expect(positionOf(cursor(TIME, UUID), 'uuid')).toEqual({ time: TIME, id: UUID });
    expect(() => positionOf(cursor(TIME, 'event-1'), 'uuid')).toThrow(ContractBreachError);
  });
});
