import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readObject } from './json-body.js';

describe('reading an object', () => {
  it('reads what parsing reads, unchanged', () => {
    const objects = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 }), {
      maxKeys: 20,
    });
    fc.assert(
      fc.property(objects, (object) => {
        const text = JSON.stringify(object);

        expect(readObject(Buffer.from(text)).body).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { body, fault } = readObject(bytes);

        expect(body === undefined).toBe(fault !== undefined);
      }),
    );
  });

  it('keeps a field named __proto__ an own field', () => {
    const { body } = readObject(Buffer.from('{"__proto__":{"polluted":true}}'));

    expect(Object.hasOwn(body!, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
