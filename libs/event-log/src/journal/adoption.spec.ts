import {
  access,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Metrics } from '#libs/platform';
import { afterEach, describe, expect, it } from '@jest/globals';
import { anEventRecord } from '../../../../test/support/journal-records.js';
import {
  Collector,
  drain,
  JournalWorkshop,
  overwrite,
  segmentsIn,
  until,
} from '../../../../test/support/journal.js';
import { EventLogMetrics } from '../event-log.metrics.js';
import { adoptOrphans } from './adoption.js';
import { HEADER_BYTES } from './format.js';
import { JournalLog } from './journal.log.js';
import { isOwned, Owner } from './owner.js';

const workshop = new JournalWorkshop();
const log = new JournalLog();
const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** A folder with the journal of a process that died after it appended these. */
async function left(ids: readonly string[]): Promise<string> {
  const folder = await workshop.folder();
  const journal = await workshop.open(folder, { segmentBytes: 65_536 });
  for (const id of ids) await journal.append([anEventRecord(id)]);
  return workshop.crashed(folder);
}

async function openCounting(folder: string) {
  const metrics = new Metrics();
  const journal = await workshop.open(folder, { metrics: new EventLogMetrics(metrics) });
  const figure = async (name: string): Promise<number | undefined> => {
    const found = metrics.registry.getSingleMetric(`footfall_${name}`);
    return (await found?.get())?.values[0]?.value;
  };
  return { journal, figure };
}

describe('the owner of a journal', () => {
  afterEach(() => workshop.clean());

  it('is heard from the moment its directory can be seen until it leaves', async () => {
    const root = await workshop.folder();
    const owner = await Owner.settle(root);

    expect(await readdir(root)).toEqual([owner.id]);
    expect(await isOwned(owner.directory)).toBe(true);
    await owner.leave();
    expect(await isOwned(owner.directory)).toBe(false);
  });

  it('is heard where the path is longer than an address of a socket may be', async () => {
    const root = join(await workshop.folder(), 'a'.repeat(100), 'b'.repeat(100));

    const owner = await Owner.settle(root);

    expect(await isOwned(owner.directory)).toBe(true);
    await owner.leave();
    expect(await isOwned(owner.directory)).toBe(false);
  });

  it('is dead when its socket is there and nobody listens', async () => {
    const root = await workshop.folder();
    const owner = await Owner.settle(root);
    const socket = join(owner.directory, 'owner.sock');
    const kept = join(root, 'kept.sock');
    await rename(socket, kept); // closing removes it by its name
    await owner.leave();
    await rename(kept, socket);

    expect(await isOwned(owner.directory)).toBe(false);
  });

  it('counts as alive where nobody can tell', async () => {
    const root = await workshop.folder();
    await mkdir(join(root, 'journal'));
    await mkdir(join(root, 'journal', 'owner.address')); // reading it fails, and not for its absence

    expect(await isOwned(join(root, 'journal'))).toBe(true);
  });
});

describe('adopting journals', () => {
  afterEach(() => workshop.clean());

  it('takes the journal of a dead process, hands over its records and removes it', async () => {
    const folder = await left(['a', 'b', 'c']);
    const journal = await workshop.open(folder);

    expect(await drain(journal)).toEqual(['a', 'b', 'c']);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('leaves the journal of a living process alone', async () => {
    const folder = await workshop.folder();
    const living = await workshop.open(folder);
    await living.append([anEventRecord('a')]);
    const other = await Owner.settle(folder);

    expect(await adoptOrphans(folder, other.id, log)).toEqual([]);
    await other.leave();
    expect(await drain(living)).toEqual(['a']);
  });

  it('goes to one of several that race for it', async () => {
    const folder = await left(['a']);
    const owners = await Promise.all(Array.from({ length: 5 }, () => Owner.settle(folder)));

    const adopted = await Promise.all(owners.map(({ id }) => adoptOrphans(folder, id, log)));

    expect(adopted.flat()).toHaveLength(1);
    for (const owner of owners) await owner.leave();
  });

  it('hands each record to one of two processes', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => String(i));
    const folder = await left(ids);
    const journals = [await workshop.open(folder), await workshop.open(folder)];

    const collectors = journals.map((journal) => new Collector(journal));
    await until(() => collectors.flatMap((collector) => collector.ids).length >= ids.length);
    for (const collector of collectors) await collector.stop();

    expect(collectors.flatMap((collector) => collector.ids)).toEqual(ids);
  });

  it('notices a process that dies later, and one that died after it had adopted', async () => {
    const folder = await left(['a']);
    const first = await workshop.open(folder);
    const refusing = new Collector(first, () => Promise.reject(new Error('the database is away')));
    await until(() => first.state().records === 1); // adopted
    const second = await workshop.open(folder);
    const collector = new Collector(second);
    await first.append([anEventRecord('b')]);

    await refusing.stop();
    await first.close();
    await collector.has(2);
    await collector.stop();

    expect(collector.ids.toSorted()).toEqual(['a', 'b']);
  });

  it('takes appends before it has read what was left', async () => {
    const folder = await left(['a']);

    const journal = await workshop.open(folder);
    await journal.append([anEventRecord('b')]);

    expect((await drain(journal)).toSorted()).toEqual(['a', 'b']);
  });

  it('does not let a backlog starve what comes in', async () => {
    const folder = await left(Array.from({ length: 100 }, (_, i) => `old-${i}`));
    const journal = await workshop.open(folder, { most: 10 });
    await journal.append([anEventRecord('new')]);

    const collector = new Collector(journal);
    await collector.has(101);
    await collector.stop();

    expect(collector.ids.indexOf('new')).toBeLessThan(50);
  });

  it('goes on after the cursor', async () => {
    const folder = await workshop.folder();
    const first = await workshop.open(folder, { most: 2, segmentBytes: 65_536 });
    await first.append(['a', 'b', 'c'].map((id) => anEventRecord(id)));
    const stop = new AbortController();
    await first.consume(async () => stop.abort(), stop.signal);
    await first.close();

    expect(await drain(await workshop.open(folder))).toEqual(['c']);
  });

  it('counts what waits in it', async () => {
    const journal = await workshop.open(await left(['a', 'b']));
    const collector = new Collector(journal, () =>
      Promise.reject(new Error('the database is away')),
    );

    await until(() => journal.state().records === 2);

    expect(journal.state().oldestAt).toBe(1_700_000_000_000);
    expect(journal.state().bytes).toBeGreaterThan(300);
    await collector.stop();
  });

  it('says when all that was left before is counted', async () => {
    const folder = await left(['a', 'b', 'c']);
    const journal = await workshop.open(folder);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));

    const collector = new Collector(journal, () => held);
    const before = journal.state().records;
    await journal.searched();
    const after = journal.state().records;
    release();
    await collector.has(3);
    await collector.stop();

    expect([before, after]).toEqual([0, 3]);
  });

  it('looks at nothing that is no journal', async () => {
    const folder = await left(['a']);
    await writeFile(join(folder, 'note.txt'), 'mine');
    await mkdir(join(folder, 'lost+found'));
    const journal = await workshop.open(folder);
    const collector = new Collector(journal);

    await collector.has(1);
    await collector.stop();

    expect(await exists(join(folder, 'note.txt'))).toBe(true);
    expect(await exists(join(folder, 'lost+found'))).toBe(true);
  });
});

describe('recovering a damaged journal', () => {
  afterEach(() => workshop.clean());

  const ids = Array.from({ length: 30 }, (_, i) => `event-${i + 10}`);
  /** All records of this test have one size. */
  const sizeOf = async (path: string): Promise<number> => {
    const bytes = await readFile(path);
    return HEADER_BYTES + bytes.readUInt32LE(8);
  };

  it('sets a flipped byte aside with its record alone, and counts it', async () => {
    const folder = await left(ids);
    const [segment] = (await segmentsIn(folder)) as [string];
    const size = await sizeOf(segment);
    await overwrite(segment, 3 * size + HEADER_BYTES + 5, Buffer.from('?'));
    const { journal, figure } = await openCounting(folder);

    expect(await drain(journal)).toEqual(ids.filter((_, i) => i !== 3));
    expect(await figure('event_log_damaged_total')).toBe(1);
    const [damaged] = await readdir(join(folder, 'damaged'));
    const aside = await readFile(join(folder, 'damaged', damaged as string), 'utf8');
    expect(aside).toContain('event-13');
    expect(damaged).toBe(`${basename(dirname(segment))}-1-${3 * size}.damaged`);
  });

  it('cuts a torn tail and counts it', async () => {
    const folder = await left(ids);
    const [segment] = (await segmentsIn(folder)) as [string];
    const size = await sizeOf(segment);
    await overwrite(segment, 30 * size - 20, Buffer.alloc(20));
    const { journal, figure } = await openCounting(folder);

    expect(await drain(journal)).toEqual(ids.slice(0, 29));
    expect(await figure('event_log_torn_total')).toBe(1);
    expect(await figure('event_log_damaged_total')).toBe(0);
  });

  it('reads a segment that was cut', async () => {
    const folder = await left(ids);
    const [segment] = (await segmentsIn(folder)) as [string];
    await truncate(segment, 10 * (await sizeOf(segment)));

    expect(await drain(await workshop.open(folder))).toEqual(ids.slice(0, 10));
  });

  it('reads on after zeroed first pages', async () => {
    const folder = await left(ids);
    const [segment] = (await segmentsIn(folder)) as [string];
    const size = await sizeOf(segment);
    await overwrite(segment, 0, Buffer.alloc(4096));
    const { journal, figure } = await openCounting(folder);

    expect(await drain(journal)).toEqual(ids.slice(Math.ceil(4096 / size)));
    expect(await figure('event_log_damaged_total')).toBe(1);
  });

  it('delivers everything again that is still there where the cursor is gone or damaged', async () => {
    for (const cursor of [null, '', '00000000 {"segment":9,"offset":9}', '{"segment":9}']) {
      const folder = await left(ids);
      const directory = dirname((await segmentsIn(folder))[0] as string);
      if (cursor === null) await rm(join(directory, 'cursor'), { force: true });
      else await writeFile(join(directory, 'cursor'), cursor);

      expect(await drain(await workshop.open(folder))).toEqual(ids);
    }
  });

  it('survives segments that are missing, empty or full of noise', async () => {
    const folder = await left(ids);
    const directory = dirname((await segmentsIn(folder))[0] as string);
    await writeFile(join(directory, '000000000007.segment'), '');
    await writeFile(join(directory, '000000000008.segment'), Buffer.alloc(5000, 0xff));
    await writeFile(join(directory, 'something else'), 'x');
    const journal = await workshop.open(folder);

    expect(await drain(journal)).toEqual(ids);
    await journal.append([anEventRecord('after')]);
    expect(await drain(journal)).toEqual(['after']);
  });

  it('appends nothing to an old segment', async () => {
    const folder = await left(ids);
    const [old] = (await segmentsIn(folder)) as [string];
    const before = await readFile(old);
    const journal = await workshop.open(folder);

    await journal.append([anEventRecord('new')]);

    expect((await readFile(old)).equals(before)).toBe(true);
  });
});
