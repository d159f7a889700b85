import { describe, expect, it } from '@jest/globals';
import { userAgentOf } from './receipts.js';

const asNodeReadsIt = (text: string): string => Buffer.from(text).toString('latin1');

describe('the user agent of a receipt', () => {
  it.each([
    ['plain', 'sleigh/1 (north)', 'sleigh/1 (north)'],
    ['absent', undefined, null],
    ['empty', '', null],
    ['in UTF-8', asNodeReadsIt('schlitten/ü ☃'), 'schlitten/ü ☃'],
    ['in Latin-1', 'schlitten/ü', 'schlitten/ü'],
    ['at the limit', 'x'.repeat(1024), 'x'.repeat(1024)],
    ['too long', 'x'.repeat(1025), 'x'.repeat(1024)],
  ])('is kept when %s', (_how, header, expected) => {
    expect(userAgentOf(header)).toBe(expected);
  });

  it('is never cut through a character', () => {
    const header = asNodeReadsIt(`${'x'.repeat(1023)}🎁🎁`);

    expect(userAgentOf(header)).toBe('x'.repeat(1023));
  });
});
