import { describe, expect, it } from '@jest/globals';
import { ArgumentsError, readArguments, USAGE } from './arguments.js';

describe('the arguments of a start', () => {
  it.each([
    [[], null],
    [['--demo'], 1],
    [['--demo-seed', '7'], 7],
    [['--demo', '--demo-seed=0'], 0],
  ])('%j ask for the demo of seed %j', (words, demoSeed) => {
    expect(readArguments(words)).toEqual({ demoSeed, help: false });
  });

  it.each([
    [['--dmeo']],
    [['demo']],
    [['--demo=7']],
    [['--demo-seed']],
    [['--demo-seed', '']],
    [['--demo-seed', '-1']],
    [['--demo-seed', '1.5']],
    [['--demo-seed', 'seven']],
    [['--demo-seed', '4294967296']],
  ])('%j are refused', (words) => {
    expect(() => readArguments(words)).toThrow(ArgumentsError);
  });

  it('are explained when asked for, each of them', () => {
    expect(readArguments(['--help']).help).toBe(true);
    expect(USAGE.match(/--[a-z-]+/g)).toEqual(
      expect.arrayContaining(['--demo', '--demo-seed', '--help']),
    );
  });
});
