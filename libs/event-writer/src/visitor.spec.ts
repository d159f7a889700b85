import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  CHROME_ON_MAC,
  GOOGLEBOT,
  SAFARI_ON_IPHONE,
} from '../../../test/support/analytics-event.js';
import { visitorOf } from './visitor.js';

const NOBODY = { deviceType: null, browser: null, os: null, isBot: false };
const ON_MAC = { deviceType: 'desktop', browser: 'Chrome', os: 'macOS', isBot: false };
const ON_IPHONE = { deviceType: 'mobile', browser: 'Safari', os: 'iOS', isBot: false };

const LIBRARIES = ['axios/1.7.2', 'node', 'undici', 'Go-http-client/1.1', 'curl/8.5.0'];

describe('the visitor behind an event', () => {
  it.each(['anonymous', 'user'] as const)('is who sends it where they are %s', (trust) => {
    expect(visitorOf({ trust, header: CHROME_ON_MAC, told: SAFARI_ON_IPHONE })).toEqual(ON_MAC);
    expect(visitorOf({ trust, header: null, told: SAFARI_ON_IPHONE })).toEqual(NOBODY);
    expect(visitorOf({ trust, header: GOOGLEBOT, told: undefined }).isBot).toBe(true);
  });

  it('is whom a server tells of', () => {
    const told = { trust: 'key', header: 'axios/1.7.2', told: SAFARI_ON_IPHONE } as const;

    expect(visitorOf(told)).toEqual(ON_IPHONE);
    expect(visitorOf({ ...told, told: GOOGLEBOT }).isBot).toBe(true);
  });

  it('is who sent the header that a server passes on', () => {
    const visitor = visitorOf({ trust: 'key', header: CHROME_ON_MAC, told: undefined });

    expect(visitor).toEqual(ON_MAC);
  });

  it.each([...LIBRARIES, null, ''])('is never a server with the header %p', (header) => {
    for (const told of [undefined, '', 7, { of: 'somebody' }]) {
      expect(visitorOf({ trust: 'key', header, told })).toEqual(NOBODY);
    }
  });

  it.each(LIBRARIES)('is a bot where a browser’s event comes by %s', (header) => {
    expect(visitorOf({ trust: 'anonymous', header, told: undefined }).isBot).toBe(true);
  });

  it('fits its columns, whatever the user agent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (told) => {
        const { deviceType, browser, os } = visitorOf({ trust: 'key', header: null, told });

        for (const name of [browser, os]) expect((name ?? '').length).toBeLessThanOrEqual(255);
        expect((deviceType ?? '').length).toBeLessThanOrEqual(64);
        expect(/\p{Cs}/u.test([deviceType, browser, os].join(' '))).toBe(false);
      }),
    );
  });
});
