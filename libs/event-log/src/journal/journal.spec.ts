import { readFile, stat, statfs } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
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
import { readCursor } from './cursor.js';
import { type JournalFiles, nodeFiles } from './files.js';
import type { Journal } from './journal.js';

const MIB = 1024 * 1024;
const workshop = new JournalWorkshop();

type Broken = Partial<Record<'write' | 'datasync', (file: FileHandle) => Promise<void>>>;

/** Files whose segments do something else first, wherever `broken` says so at that time. */
const filesWith = (broken: Broken): JournalFiles => ({
  ...nodeFiles,
  async open(path, flags, mode) {
    const file = await nodeFiles.open(path, flags, mode);
    if (!path.endsWith('.segment')) return file;
    return new Proxy(file, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]): Promise<unknown> => {
          if (name === 'write' || name === 'datasync') await broken[name]?.(target);
          return Reflect.apply(value, target, args) as unknown;
        };
      },
    });
  },
});

const fails = (code: string) => (): Promise<void> =>
  Promise.reject(Object.assign(new Error(code), { code }));

/** The first segment is made and the next one too: what fails from now on fails in appends. */
async function ready(journal: Journal): Promise<void> {
  await journal.append([anEventRecord('first')]);
  await until(async () => (await segmentsIn(journal.directory)).length === 2);
}

describe('appending to the journal', () => {
  afterEach(() => workshop.clean());

  it('fills a segment with zeros before its first record, and makes the next one ahead', async () => {
    const folder = await workshop.folder();
    const journal = await workshop.open(folder, { segmentBytes: 2 * MIB });
    await ready(journal);

    await until(async () => {
      const sizes = await Promise.all(
        (await segmentsIn(folder)).map(async (p) => (await stat(p)).size),
      );
      return sizes.length === 2 && sizes.every((size) => size === 2 * MIB);
    });
    const [first, second] = await segmentsIn(folder);

    expect((await readFile(second as string)).every((byte) => byte === 0)).toBe(true);
    expect((await stat(first as string)).blocks * 512).toBeGreaterThanOrEqual(2 * MIB);
  });

  it('keeps its files to itself', async () => {
    const folder = await workshop.folder();
    const journal = await workshop.open(folder);
    await ready(journal);
    const [segment] = await segmentsIn(folder);

    expect((await stat(segment as string)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(segment as string))).mode & 0o777).toBe(0o700);
  });

  it('waits for the sync of its bytes', async () => {
    const broken: Broken = {};
    const journal = await workshop.open(await workshop.folder(), { files: filesWith(broken) });
    await ready(journal);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let syncing = false;
    broken.datasync = () => ((syncing = true), held);
    let acknowledged = false;

    const appended = journal.append([anEventRecord()]).then(() => (acknowledged = true));
    await until(() => syncing);
    const acknowledgedEarly = acknowledged;
    release();
    await appended;

    expect(acknowledgedEarly).toBe(false);
  });

  it('writes and syncs once for all that waited for the last sync', async () => {
    const broken: Broken = {};
    const journal = await workshop.open(await workshop.folder(), {
      files: filesWith(broken),
      segmentBytes: 65_536,
    });
    await ready(journal);
    let syncs = 0;
    broken.datasync = async () => void syncs++;

    const first = journal.append([anEventRecord()]);
    await until(() => syncs === 1);
    await Promise.all([
      first,
      ...Array.from({ length: 50 }, () => journal.append([anEventRecord()])),
    ]);

    expect(syncs).toBeLessThanOrEqual(3);
  });

  it.each(['write', 'datasync'] as const)(
    'rejects a group whose %s fails, and goes on in another segment',
    async (operation) => {
      const folder = await workshop.folder();
      const broken: Broken = {};
      const journal = await workshop.open(folder, { files: filesWith(broken) });
      await ready(journal);
      const [failed] = await segmentsIn(folder);

      broken[operation] = fails('EIO');
      const group = [journal.append([anEventRecord('b')]), journal.append([anEventRecord('c')])];
      await expect(Promise.all(group)).rejects.toMatchObject({ reason: 'failed' });
      await expect(group[1]).rejects.toMatchObject({ reason: 'failed' });
      const after = await readFile(failed as string);
      delete broken[operation];
      await until(() => journal.state().accepting);
      await journal.append([anEventRecord('d')]);

      expect(await readFile(failed as string)).toEqual(after);
      expect(await drain(journal)).toEqual(['first', 'd']);
    },
  );

  it('rejects what is not durable in time', async () => {
    const broken: Broken = {};
    const journal = await workshop.open(await workshop.folder(), {
      files: filesWith(broken),
      appendDeadlineMs: 30,
    });
    await ready(journal);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    broken.datasync = () => held;

    const committing = journal.append([anEventRecord()]);
    const waiting = journal.append([anEventRecord()]);
    await expect(committing).rejects.toMatchObject({ reason: 'late' });
    await expect(waiting).rejects.toMatchObject({ reason: 'late' });
    delete broken.datasync;
    release();

    await expect(journal.append([anEventRecord()])).resolves.toBeUndefined();
  });

  it('lets no more wait than memory is set aside for', async () => {
    const broken: Broken = {};
    const journal = await workshop.open(await workshop.folder(), {
      files: filesWith(broken),
      appendDeadlineMs: 50,
      maxWaitingBytes: 2048,
    });
    await ready(journal);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    broken.datasync = () => held;
    const large = (): Promise<void> =>
      journal.append([anEventRecord('x', { pad: 'x'.repeat(900) })]);

    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, large));
    release();

    const reasons = outcomes.map((o) =>
      o.status === 'rejected' ? (o.reason as Error).message : '',
    );
    expect(reasons.filter((reason) => reason.includes('too-much-waiting')).length).toBeGreaterThan(
      4,
    );
    expect(reasons.filter((reason) => reason.includes('late')).length).toBeGreaterThan(0);
  });

  it('refuses an append that no segment could hold', async () => {
    const journal = await workshop.open(await workshop.folder());
    const tooLarge = anEventRecord('x', { pad: 'x'.repeat(5000) });

    await expect(journal.append([tooLarge])).rejects.toMatchObject({ reason: 'too-much-waiting' });
  });
});

describe('the journal and its volume', () => {
  afterEach(() => workshop.clean());

  it('stops below the floor of free space, says so, and resumes by itself', async () => {
    let free = 1000;
    const files = { ...nodeFiles, freeBytes: async () => free };
    const journal = await workshop.open(await workshop.folder(), { files, minFreeBytes: 500 });
    await journal.append([anEventRecord('a')]);

    free = 499;
    await until(() => !journal.state().accepting);
    expect(journal.state()).toMatchObject({ reason: 'no-space', freeBytes: 499 });
    await expect(journal.append([anEventRecord('b')])).rejects.toMatchObject({
      reason: 'no-space',
    });
    expect(await drain(journal)).toEqual(['a']);

    free = 500;
    await until(() => journal.state().accepting);
    await expect(journal.append([anEventRecord('c')])).resolves.toBeUndefined();
  });

  it('knows the free bytes of its volume', async () => {
    const folder = await workshop.folder();
    const journal = await workshop.open(folder);
    const { bavail, bsize } = await statfs(folder);

    const { freeBytes } = journal.state();

    expect(Math.abs((freeBytes ?? 0) - bavail * bsize)).toBeLessThan(1024 * MIB);
  });

  it('meets a full disk when it makes a segment, leaves no half of one, and resumes', async () => {
    const folder = await workshop.folder();
    const broken: Broken = {};
    let full = false;
    const files: JournalFiles = {
      ...nodeFiles,
      open: (...args) => (full && args[1] === 'wx' ? filesWith(broken) : nodeFiles).open(...args),
    };
    const journal = await workshop.open(folder, { files });
    await ready(journal);
    full = true;
    broken.write = fails('ENOSPC');
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const write = (id: string) => journal.append([anEventRecord(id, { pad: 'x'.repeat(900) })]);

    const kept: string[] = ['first'];
    for (const id of ids)
      await write(id).then(
        () => kept.push(id),
        () => undefined,
      );
    const { accepting, reason } = journal.state();
    await until(async () => (await segmentsIn(folder)).length === 2); // an attempt may be on its way
    full = false;
    await until(() => journal.state().accepting);
    await write('z');

    expect({ accepting, reason }).toEqual({ accepting: false, reason: 'no-space' });
    expect(kept.length).toBeLessThan(ids.length);
    expect(await drain(journal)).toEqual([...kept, 'z']);
  });
});

describe('consuming the journal', () => {
  afterEach(() => workshop.clean());

  it('hands over the objects that were appended while the consumer keeps up', async () => {
    const journal = await workshop.open(await workshop.folder());
    const record = anEventRecord();
    const collector = new Collector(journal);

    await journal.append([record]);
    await collector.has(1);
    await collector.stop();

    expect(collector.batches[0]?.[0]).toBe(record);
  });

  it('reads from disk what memory no longer holds, in order and across segments', async () => {
    const journal = await workshop.open(await workshop.folder(), { memoryBytes: 1000 });
    const ids = Array.from({ length: 200 }, (_, i) => String(i));
    for (const id of ids) await journal.append([anEventRecord(id)]);

    expect(await drain(journal)).toEqual(ids);
  });

  it('goes on behind damage in a segment that it still writes, and then waits for nothing', async () => {
    const folder = await workshop.folder();
    const journal = await workshop.open(folder, { memoryBytes: 0 });
    const ids = ['a', 'b', 'c', 'd'];
    for (const id of ids) await journal.append([anEventRecord(id)]);
    const [segment] = (await segmentsIn(folder)) as [string];
    const size =
      (await readFile(segment)).indexOf('"b"') - (await readFile(segment)).indexOf('"a"');
    for (const i of [0, 3]) await overwrite(segment, i * size + 20, Buffer.from('?'));

    const collector = new Collector(journal);
    await until(() => journal.state().records === 0);
    await journal.append([anEventRecord('e')]);
    await collector.has(3);
    await collector.stop();

    expect(collector.ids).toEqual(['b', 'c', 'e']);
    expect(journal.state()).toMatchObject({ records: 0, bytes: 0 });
  });

  it('waits for company until there is enough', async () => {
    const journal = await workshop.open(await workshop.folder(), {
      enough: 10,
      lingerMs: 60_000,
      segmentBytes: 65_536,
    });
    const collector = new Collector(journal);

    for (let i = 0; i < 9; i++) await journal.append([anEventRecord()]);
    const before = collector.batches.length;
    await journal.append([anEventRecord()]);
    await collector.has(10);
    await collector.stop();

    expect(before).toBe(0);
    expect(collector.batches.map((batch) => batch.length)).toEqual([10]);
  });

  it('hands over few records once the oldest has waited long enough', async () => {
    const journal = await workshop.open(await workshop.folder(), { enough: 1000, lingerMs: 20 });
    const collector = new Collector(journal);

    await journal.append([anEventRecord('a')]);

    expect(await collector.has(1)).toEqual(['a']);
    await collector.stop();
  });

  it('never hands over more than was asked for', async () => {
    const journal = await workshop.open(await workshop.folder(), { most: 7, segmentBytes: 65_536 });
    await journal.append(Array.from({ length: 50 }, () => anEventRecord()));

    const collector = new Collector(journal);
    await collector.has(50);
    await collector.stop();

    expect(Math.max(...collector.batches.map((batch) => batch.length))).toBe(7);
  });

  it('deletes segments that were consumed', async () => {
    const folder = await workshop.folder();
    const journal = await workshop.open(folder);
    for (let i = 0; i < 100; i++) await journal.append([anEventRecord()]);
    const before = (await segmentsIn(folder)).length;

    await drain(journal);

    expect(before).toBeGreaterThan(4);
    await until(async () => (await segmentsIn(folder)).length <= 2);
  });

  it('writes the cursor after the handler, where the next process finds it', async () => {
    const folder = await workshop.folder();
    const journal = await workshop.open(folder);
    await journal.append([anEventRecord('a')]);
    const collector = new Collector(journal);
    await collector.has(1);
    await collector.stop();
    const directory = dirname((await segmentsIn(folder))[0] as string);

    await until(async () => (await readCursor(directory)) !== null);

    expect(await readCursor(directory)).toEqual({ segment: 1, offset: expect.any(Number) });
  });

  it('counts what waits', async () => {
    const journal = await workshop.open(await workshop.folder());
    await journal.append([anEventRecord(), anEventRecord()]);

    const waiting = journal.state();
    await drain(journal);

    expect(waiting).toMatchObject({ accepting: true, records: 2, oldestAt: 1_700_000_000_000 });
    expect(waiting.bytes).toBeGreaterThan(300);
    expect(journal.state()).toMatchObject({ records: 0, bytes: 0, oldestAt: null });
  });

  it('has one consumer at a time', async () => {
    const journal = await workshop.open(await workshop.folder());
    const collector = new Collector(journal);

    await expect(journal.consume(async () => {}, new AbortController().signal)).rejects.toThrow(
      'consumer already',
    );
    await collector.stop();
  });
});

describe('closing the journal', () => {
  afterEach(() => workshop.clean());

  it('makes durable what waits, refuses what comes after, and may be called twice', async () => {
    const folder = await workshop.folder();
    const journal = await workshop.open(folder);
    const waiting = journal.append([anEventRecord('a')]);

    await Promise.all([journal.close(), journal.close()]);

    await expect(waiting).resolves.toBeUndefined();
    await expect(journal.append([anEventRecord()])).rejects.toMatchObject({ reason: 'closed' });
    expect(journal.state()).toMatchObject({ accepting: false, reason: 'closed' });
    expect(await drain(await workshop.open(folder))).toEqual(['a']);
  });

  it('ends a consumer', async () => {
    const journal = await workshop.open(await workshop.folder());
    const consuming = journal.consume(async () => {}, new AbortController().signal);

    await journal.close();

    await expect(consuming).resolves.toBeUndefined();
  });

  it('leaves nothing behind when everything was consumed', async () => {
    const folder = await workshop.folder();
    const journal = await workshop.open(join(folder, 'journal'));
    await journal.append([anEventRecord()]);
    await drain(journal);

    await journal.close();

    expect(await segmentsIn(folder)).toEqual([]);
  });

  it('leaves what was not consumed without the zeros behind it', async () => {
    const folder = await workshop.folder();
    const journal = await workshop.open(folder, { segmentBytes: MIB });
    await ready(journal);

    await journal.close();

    const [segment, ...others] = await segmentsIn(folder);
    expect(basename(segment as string)).toBe('000000000001.segment');
    expect((await stat(segment as string)).size).toBeLessThan(1000);
    expect(others).toEqual([]);
  });
});
