import { describe, expect, it } from '@jest/globals';
import { FootfallError } from './footfall-error.js';
import { jsonOf } from './json.js';
import { Parcel } from './parcel.js';

describe('the JSON of an event', () => {
  it('has decimal amounts as they are', () => {
    expect(jsonOf({ a: 59.97, b: 0.1, c: 1234567.89 })).toBe('{"a":59.97,"b":0.1,"c":1234567.89}');
  });

  it.each([
    ['revenue', { event: 'order_completed', revenue: Number.NaN }],
    ['amount', { event: 'order_completed', properties: { amount: Infinity } }],
  ])('is none where %s is no number that JSON has', (field, event) => {
    expect(() => new Parcel(event)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message: expect.stringMatching(`^order_completed: ${field} is (NaN|Infinity)`),
        event,
      }),
    );
  });

  it('is none where the event goes in circles, or JSON has no word for it', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;

    for (const value of [circle, { amount: 5n }, undefined, () => 1]) {
      expect(() => jsonOf(value)).toThrow(FootfallError);
    }
  });
});
