import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

describe('turns', () => {
  const begun: string[] = [];
  const endings = new Map<string, (error?: Error) => void>();
  const working = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      begun.push(name);
      endings.set(name, (error) => (error ? reject(error) : resolve(name)));
    });

  it('let two work at a time, and the others in the order in which they came', async () => {
    const turns = new Turns(2);
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => turns.take(working(name)));
    await turn();
    const atFirst = [...begun];

    endings.get('b')!(new Error('b failed'));
    await expect(b).rejects.toThrow('b failed');
    await turn();
    const afterAFailure = [...begun];
    endings.get('a')!();
    endings.get('c')!();
    await turn();
    endings.get('d')!();

    expect(atFirst).toEqual(['a', 'b']);
    expect(afterAFailure).toEqual(['a', 'b', 'c']);
    expect(await Promise.all([a, c, d])).toEqual(['a', 'c', 'd']);
  });
});
