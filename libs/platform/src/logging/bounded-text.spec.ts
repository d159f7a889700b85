import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { boundedText } from './bounded-text.js';

describe('the bounded text of a payload', () => {
  it('is its JSON where that fits', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (payload) => {
        expect(boundedText(payload, 100_000)).toBe(JSON.stringify(payload));
      }),
    );
  });

  it('is the beginning of its JSON where that does not fit, never half a character', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 60 }), (payload, most) => {
        const text = boundedText(payload, most);
        const whole = JSON.stringify(payload);

        expect(whole.startsWith(text)).toBe(true);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
        expect(Buffer.byteLength(text)).toBeGreaterThan(
          Math.min(most, Buffer.byteLength(whole)) - 4,
        );
      }),
    );
  });

  it('cuts a long text of wide characters between two of them', () => {
    expect(boundedText('😀'.repeat(1000), 10)).toBe('"😀😀');
  });

  it('writes nesting that JSON.stringify cannot', () => {
    const payload = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`) as unknown;

    expect(boundedText(payload, 8)).toBe('[[[[[[[[');
  });

  it('says null for what could not be read', () => {
    expect(boundedText(undefined, 100)).toBe('null');
  });
});
