import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from '@jest/globals';
import { drain, JournalWorkshop, until } from '../support/journal.js';
import { anEventRecord } from '../support/journal-records.js';
import { describeWith } from '../support/needs.js';
import { mountSmallVolume } from '../support/small-volume.js';

const MIB = 1024 * 1024;
const volume = mountSmallVolume(16 * MIB);
const workshop = new JournalWorkshop();

describeWith(volume !== null, 'cannot mount a volume')('the journal on a small volume', () => {
  const root = volume?.path as string;
  afterEach(() => workshop.clean());
  afterAll(() => volume?.remove());

  const free = async (): Promise<number> => {
    const { bavail, bsize } = await statfs(root);
    return bavail * bsize;
  };

  /** Appends until one is refused; returns the ids that were acknowledged. */
  async function fill(journal: Awaited<ReturnType<JournalWorkshop['open']>>): Promise<string[]> {
    const kept: string[] = [];
    for (let i = 0; ; i++) {
      const id = `event-${i}`;
      try {
        await journal.append([anEventRecord(id, { pad: 'x'.repeat(10_000) })]);
        kept.push(id);
      } catch {
        return kept;
      }
    }
  }

  it.each([
    ['by its floor, before the volume is full', 4 * MIB],
    ['where it meets the end of the volume itself', 0],
  ])(
    'stops %s, loses nothing that it acknowledged, and resumes by itself once drained',
    async (_how, minFreeBytes) => {
      const folder = await workshop.folder(root);
      const journal = await workshop.open(folder, { segmentBytes: MIB, minFreeBytes });

      const kept = await fill(journal);
      await until(() => !journal.state().accepting);
      const left = await free();
      const drained = await drain(journal);
      await until(() => journal.state().accepting);
      await journal.append([anEventRecord('afterwards')]);

      expect(kept.length).toBeGreaterThan(500);
      expect(left).toBeGreaterThanOrEqual(minFreeBytes - 2 * MIB);
      expect(drained).toEqual(kept);
      expect(await drain(journal)).toEqual(['afterwards']);
    },
  );

  it('drains a volume that others filled to the last byte', async () => {
    const folder = await workshop.folder(root);
    const journal = await workshop.open(folder, { segmentBytes: MIB, memoryBytes: 0 });
    const ids = Array.from({ length: 300 }, (_, i) => String(i));
    for (const id of ids) await journal.append([anEventRecord(id, { pad: 'x'.repeat(10_000) })]);

    const filler = join(root, 'filler');
    await writeFile(filler, Buffer.alloc(16 * MIB)).catch(() => undefined);
    const drained = await drain(journal);
    await rm(filler);

    expect(drained).toEqual(ids);
  });
});
