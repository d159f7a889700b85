import { describe, expect, it } from '@jest/globals';
import { parsedBeginning } from './json-beginning.js';

describe('the beginning of a JSON text', () => {
  it.each([
    ['{"a":1,"b":"ana@exam', { a: 1 }],
    ['{"a":1,"b":12', { a: 1 }],
    ['{"a":1,"b', { a: 1 }],
    ['{"a":1,"b":', { a: 1 }],
    ['{"a":1,', { a: 1 }],
    ['{"a":[1,{"b":2,"c":tr', { a: [1, { b: 2 }] }],
    ['{"a":"},]\\"{","b":"\\', { a: '},]"{' }],
    ['{"a":{"b":1},"c":[', { a: { b: 1 }, c: [] }],
    ['{"a":{"b":1}}', { a: { b: 1 } }],
    ['{', {}],
    ['[1,2', [1]],
  ])('of %s is what came in full', (text, expected) => {
    expect(parsedBeginning(text)).toEqual(expected);
  });

  it('never shows a member that was cut, wherever the cut is', () => {
    const whole = JSON.stringify({ a: 'x"\\', b: [1, { c: '🤖,' }, null], d: { e: 'end' }, f: 12 });

    for (let end = 1; end <= whole.length; end += 1) {
      const beginning = parsedBeginning(whole.slice(0, end));

      const shown = JSON.stringify(beginning).replace(/[\]}]+$/, '');
      expect(whole.startsWith(shown)).toBe(true);
    }
  });

  it.each(['', 'null', '"text', 'a{"b":1}', ']', '}{'])('is not there in %s', (text) => {
    expect(parsedBeginning(text)).toBeUndefined();
  });
});
