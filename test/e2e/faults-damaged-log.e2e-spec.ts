import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { JournalFiles, type StoredRecord } from '../support/faults-journal-files.js';
import { FaultyHouse, figure, NOTHING_MISSING } from '../support/faults.js';
import type { FootfallProcess } from '../support/process.js';

jest.setTimeout(180_000);

const PAGES = 8192;

describe('a journal that was damaged while nobody had it', () => {
  let house: FaultyHouse;
  let damaged: string[];

  beforeEach(async () => {
    house = await FaultyHouse.build();
    damaged = [];
  });
  afterEach(() => house.clearAway());

  /** A process that dies with a backlog. */
  async function backlog(): Promise<FootfallProcess> {
    const footfall = await house.start();
    const load = house.load(footfall);
    await load.acknowledges(300);
    await house.postgres.stop('immediate');
    await load.acknowledges(500);
    await footfall.kill9();
    await load.stop();
    return footfall;
  }

  /** A new process finds the journal, and another one what that one left. */
  async function drainedBySuccessors(dead: FootfallProcess): Promise<void> {
    const first = await startedAgain(dead);
    await first.kill9();
    await house.again(first);
    await house.drained();
  }

  it.each([
    [
      'a flipped byte in a record',
      (segment: Buffer, records: readonly StoredRecord[]) => {
        const { start, eventId } = records[records.length >> 1] as StoredRecord;
        segment[start + 40] = (segment[start + 40] as number) ^ 0x01;
        damaged = [eventId];
        return segment;
      },
    ],
    [
      'zeros in the place of its first pages',
      (segment: Buffer, records: readonly StoredRecord[]) => {
        damaged = records.filter(({ start }) => start < PAGES).map(({ eventId }) => eventId);
        return segment.fill(0, 0, PAGES);
      },
    ],
    [
      'an end that was cut off',
      (segment: Buffer, records: readonly StoredRecord[]) => {
        const cut = (records[records.length >> 1] as StoredRecord).start + 20;
        damaged = records.filter(({ end }) => end > cut).map(({ eventId }) => eventId);
        return segment.subarray(0, cut);
      },
    ],
  ])('gives up no more than %s destroyed', async (_, damage) => {
    const dead = await backlog();
    const files = await JournalFiles.of(house.dataDir);
    await files.damageSegment(damage);
    await files.deleteCursors();

    await drainedBySuccessors(dead);

    const { missing, ...rest } = await house.compare({ most: Infinity });
    expect({ ...rest, missing: [] }).toEqual(NOTHING_MISSING);
    expect(damaged).toEqual(expect.arrayContaining([...missing]));
  });

  it('counts what it gives up and puts it aside', async () => {
    const dead = await backlog();
    await (
      await JournalFiles.of(house.dataDir)
    ).damageSegment((segment, records) => {
      for (const { start } of records.slice(-30, -27)) segment[start + 60] = 0xfe;
      return segment;
    });

    const first = await startedAgain(dead);

    expect(await figure(first, 'event_log_damaged_total')).toBe(3);
    expect((await readdir(join(house.dataDir, 'journal', 'damaged'))).length).toBeGreaterThan(0);
    expect((await house.compare()).missing).toHaveLength(3);
  });

  it('is read from its beginning where its cursor is lost, and nothing is stored twice', async () => {
    const dead = await backlog();
    const cursors = await (await JournalFiles.of(house.dataDir)).deleteCursors();

    const first = await startedAgain(dead);

    expect(cursors).toBe(1);
    expect(await house.compare()).toEqual(NOTHING_MISSING);
    expect(await figure(first, 'events_duplicate_total')).toBeGreaterThan(0);
  });

  async function startedAgain(dead: FootfallProcess): Promise<FootfallProcess> {
    await house.postgres.start();
    const footfall = await house.again(dead);
    await house.drained();
    return footfall;
  }
});
