import { afterEach, describe, expect, it } from '@jest/globals';
import { anEventRecord } from '../../../../test/support/journal-records.js';
import { Collector, JournalWorkshop } from '../../../../test/support/journal.js';

const workshop = new JournalWorkshop();
afterEach(() => workshop.clean());

describe('a consumer that is behind', () => {
  it('passes over nothing where a segment grows and is sealed while it is read', async () => {
    const journal = await workshop.open(await workshop.folder(), { memoryBytes: 0, most: 3 });
    const ids = Array.from({ length: 100 }, (_, i) => `event-${i}`);
    const append = async (some: string[]): Promise<void> => {
      for (const id of some) await journal.append([anEventRecord(id)]);
    };
    await append(ids.slice(0, 5));

    const collector = new Collector(journal, async () => {
      if (collector.batches.length === 0) await append(ids.slice(5));
    });
    await expect(collector.has(ids.length)).resolves.toEqual(ids);
    await collector.stop();
  });
});
