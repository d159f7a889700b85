import { describe, expect, it } from '@jest/globals';
import { Random } from './random.js';

const some = <Value>(count: number, make: () => Value): Value[] =>
  Array.from({ length: count }, make);

describe('chance that can be repeated', () => {
  it('gives the same sequence for the same name, and another for another', () => {
    const [a, again, b] = ['a', 'a', 'b'].map((name) => new Random(name));

    const ofA = some(50, () => a!.next());

    expect(some(50, () => again!.next())).toEqual(ofA);
    expect(some(50, () => b!.next())).not.toEqual(ofA);
  });

  it('is the same on every machine and in every release', () => {
    const random = new Random('footfall');

    expect(some(4, () => random.whole(0, 1000))).toEqual([378, 672, 335, 397]);
  });

  it('stays within its bounds and fills them evenly', () => {
    const random = new Random('even');

    const values = some(20_000, () => random.whole(3, 7));

    for (const value of [3, 4, 5, 6]) {
      const share = values.filter((each) => each === value).length / values.length;
      expect(share).toBeCloseTo(0.25, 1);
    }
    expect(new Set(values).size).toBe(4);
  });

  it('picks as often as the weights say', () => {
    const random = new Random('weights');
    const weights = { rare: 1, often: 9 };

    const picked = some(20_000, () =>
      random.pickWeighted(['rare', 'often'] as const, (name) => weights[name]),
    );

    expect(picked.filter((name) => name === 'rare').length / picked.length).toBeCloseTo(0.1, 1);
  });

  it('picks nothing from nothing', () => {
    expect(() => new Random('none').pick([])).toThrow(RangeError);
  });
});
