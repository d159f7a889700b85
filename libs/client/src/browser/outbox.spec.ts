import { beforeEach, describe, expect, it } from '@jest/globals';
import { createOutbox } from './outbox.js';
import type { DropReason, Item } from './queue.js';

const told: [text: string, reason: DropReason][] = [];
let sequence = 0;

const anItem = (text: string, overrides: Partial<Item> = {}): Item => ({
  text,
  bytes: 10,
  precious: false,
  at: ++sequence,
  key: '',
  tries: 0,
  ...overrides,
});

const outboxOf = (...items: Item[]) => {
  const outbox = createOutbox((text, reason) => told.push([text, reason]));
  for (const item of items) outbox.add(item);
  return outbox;
};

const textsOf = (group: { readonly items: readonly Item[] }): string[] =>
  group.items.map(({ text }) => text);

beforeEach(() => {
  told.length = 0;
});

describe('what is sent next', () => {
  it('is the oldest of what was tried least', () => {
    const outbox = outboxOf(
      anItem('tried twice', { tries: 2 }),
      anItem('second'),
      anItem('first', { at: 0 }),
      anItem('tried once', { tries: 1 }),
    );

    expect(textsOf(outbox.next(3, 1000, false, true))).toEqual(['first', 'second', 'tried once']);
  });

  it('fits into the room, brackets and commas counted', () => {
    const outbox = outboxOf(anItem('a'), anItem('b'), anItem('c', { bytes: 5 }));

    const group = outbox.next(10, 18, false, true);

    expect(textsOf(group)).toEqual(['a', 'c']);
    expect(group.bytes).toBe('['.length + 10 + ','.length + 5 + ']'.length);
  });

  it('is one alone that fits nowhere, unless it has to outlive the page', () => {
    const outbox = outboxOf(anItem('large', { bytes: 100 }), anItem('small'));

    expect(textsOf(outbox.next(10, 50, false, true))).toEqual(['large']);
    expect(textsOf(outbox.next(10, 50, true, false))).toEqual(['small']);
  });

  it('is nothing that is on its way, but when the page is left, what would die with it', () => {
    const outbox = outboxOf(
      anItem('mortal', { flight: { outlives: false } }),
      anItem('outliving', { flight: { outlives: true } }),
    );

    expect(textsOf(outbox.next(10, 1000, false, true))).toEqual([]);
    expect(textsOf(outbox.next(10, 1000, true, false))).toEqual(['mortal']);
  });
});

describe('memory that is full', () => {
  const large = { bytes: 3_000_000 };

  it('gives up the oldest first, and precious ones last', () => {
    const outbox = outboxOf(
      anItem('"paid"', { ...large, precious: true }),
      anItem('"old"', large),
      anItem('"new"', large),
      anItem('"newest"', large),
    );

    expect(told).toEqual([
      ['"old"', 'full'],
      ['"new"', 'full'],
    ]);
    expect([...outbox.items].map(({ text }) => text)).toEqual(['"paid"', '"newest"']);
  });

  it('gives up a precious one where there are no others', () => {
    const precious = { ...large, precious: true };

    outboxOf(anItem('"a"', precious), anItem('"b"', precious), anItem('"c"', precious));

    expect(told).toEqual([['"a"', 'full']]);
  });

  it('gives up nothing that is on its way', () => {
    outboxOf(
      anItem('"under way"', { ...large, flight: { outlives: true } }),
      anItem('"b"', large),
      anItem('"c"', large),
    );

    expect(told).toEqual([['"b"', 'full']]);
  });

  it('tells nothing of what stands in storage as well', () => {
    outboxOf(anItem('"a"', { ...large, key: 'a' }), anItem('"b"', large), anItem('"c"', large));

    expect(told).toEqual([]);
  });
});
