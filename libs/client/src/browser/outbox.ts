import type { DropReason, Item } from './queue.js';

/** What memory holds at most; the oldest gives way, precious ones last. */
const MOST_EVENTS = 10_000;
const MOST_BYTES = 8_000_000;

export interface Group {
  readonly items: readonly Item[];
  /** Of the JSON array of all. */
  readonly bytes: number;
}

/** The events of one sender that are not known to be kept. */
export const createOutbox = (tell: (text: string, reason: DropReason) => void) => {
  const items = new Set<Item>();
  let bytes = 0;

  const remove = (item: Item): void => {
    if (items.delete(item)) bytes -= item.bytes;
  };

  const isFull = (): boolean => items.size > MOST_EVENTS || bytes > MOST_BYTES;

  const firstToGo = (): Item | undefined => {
    let precious: Item | undefined;
    for (const item of items) {
      if (item.flight) continue;
      if (!item.precious) return item;
      precious ??= item;
    }
    return precious;
  };

  /** Never refuses the item, but it may itself be the first to give way. */
  const add = (item: Item): void => {
    items.add(item);
    bytes += item.bytes;
    while (isFull()) {
      const last = firstToGo();
      if (!last) return;
      remove(last);
      // One that stands in storage as well is only forgotten here, and read again from there.
      if (!last.key) tell(last.text, 'full');
    }
  };

  /**
   * What to send next: the least tried first, so that one event which always fails holds up no
   * other, then the oldest. Nothing where not even one fits, unless `oversize` lets it go alone.
   */
  const next = (most: number, room: number, leaving: boolean, oversize: boolean): Group => {
    const ready = [...items]
      .filter(({ flight }) => !flight || (leaving && !flight.outlives))
      .sort((a, b) => a.tries - b.tries || a.at - b.at);
    const group: Item[] = [];
    let size = 1;
    for (const item of ready) {
      if (group.length === most) break;
      if (size + item.bytes + 1 > room && !(oversize && !group.length)) continue;
      group.push(item);
      size += item.bytes + 1;
    }
    return { items: group, bytes: size };
  };

  return { items, add, remove, next };
};
