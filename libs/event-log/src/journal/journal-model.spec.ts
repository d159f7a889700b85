import assert from 'node:assert/strict';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { anEventRecord, eventIdOf, eventIds } from '../../../../test/support/journal-records.js';
import { drain, JournalWorkshop, overwrite, segmentsIn } from '../../../../test/support/journal.js';
import type { EventRecord } from '../event-record.js';
import { HEADER_BYTES, textOf } from './format.js';
import { Group } from './group.js';
import type { Journal } from './journal.js';
import type { JournalOptions } from './journal-options.js';
import { bytesOf, payloadOf } from './payload.js';
import { findNext } from './scan.js';

const MOST = 3;
const workshop = new JournalWorkshop();

/** What is known, kept as plainly as possible. */
class Model {
  /** Acknowledged and not consumed: must come. In the order in which each must come. */
  pending: string[] = [];
  /** May come, and need not: consumed before a crash, never acknowledged, or damaged. */
  readonly free = new Set<string>();
  /** Every id in the order of its append: within one journal none may come out of order. */
  readonly order: string[] = [];
  /** Which journal an id was appended to. */
  readonly journalOf = new Map<string, number>();
  journal = 0;
}

interface Real {
  folder: string;
  journal: Journal;
  readonly options: Partial<JournalOptions>;
}

type Command = fc.AsyncCommand<Model, Real>;

let sequence = 0;

class Append implements Command {
  constructor(private readonly sizes: readonly number[]) {}
  check = () => true;

  async run(model: Model, { journal }: Real): Promise<void> {
    const records = this.sizes.map((size) =>
      anEventRecord(`e${++sequence}`, { pad: 'x'.repeat(size) }),
    );
    await journal.append(records);
    for (const id of eventIds(records)) {
      model.pending.push(id);
      model.order.push(id);
      model.journalOf.set(id, model.journal);
    }
  }

  toString = () => `append(${this.sizes.join(',')})`;
}

/** Some batches are consumed, while more is appended; then one fails or none; then it stops. */
class Consume implements Command {
  constructor(
    private readonly batches: number,
    private readonly failing: boolean,
    private readonly meanwhile: readonly number[],
  ) {}
  check = (model: Readonly<Model>) => model.pending.length > 0;

  async run(model: Model, real: Real): Promise<void> {
    const more = this.meanwhile.map((size) => new Append([size]));
    const certain = Math.floor((model.pending.length - 1) / MOST);
    let left = Math.min(this.batches, certain);
    if (left === 0 && !this.failing) return;
    const stop = new AbortController();
    const taken: string[] = [];
    await real.journal.consume(async (batch) => {
      check(model, [...taken, ...eventIds(batch)]);
      for (const append of more.splice(0)) await append.run(model, real);
      if (left-- <= 0 && this.failing) {
        stop.abort();
        throw new Error('refused');
      }
      taken.push(...eventIds(batch));
      if (left <= 0 && !this.failing) stop.abort();
    }, stop.signal);
    forget(model, taken);
  }

  toString = () =>
    `consume(${this.batches}, ${this.failing ? 'then failing' : 'then stop'}, meanwhile ${this.meanwhile.join(',')})`;
}

class Drain implements Command {
  check = () => true;

  async run(model: Model, { journal }: Real): Promise<void> {
    const ids = await drain(journal);
    check(model, ids);
    const missing = model.pending.filter((id) => !ids.includes(id));
    assert.deepEqual(missing, []);
    forget(model, ids);
    model.free.clear(); // nothing is left that could come again
  }

  toString = () => 'drain';
}

class Restart implements Command {
  check = () => true;

  async run(model: Model, real: Real): Promise<void> {
    await real.journal.close();
    real.journal = await workshop.open(real.folder, real.options);
    model.journal++;
  }

  toString = () => 'restart';
}

type Damage = (folder: string, model: Model) => Promise<void>;

/** The machine stops, something may have happened to the files, and a new process comes. */
class Crash implements Command {
  constructor(
    private readonly name: string,
    private readonly damage: Damage,
  ) {}
  check = () => true;

  async run(model: Model, real: Real): Promise<void> {
    const folder = await workshop.crashed(real.folder);
    await real.journal.close();
    // The cursor may lag behind what was consumed.
    for (const id of model.order) if (!model.pending.includes(id)) model.free.add(id);
    await this.damage(folder, model);
    real.folder = folder;
    real.journal = await workshop.open(folder, real.options);
    model.journal++;
  }

  toString = () => `crash(${this.name})`;
}

/** The last write came to the disk in part. */
const tornWrite =
  (kept: number): Damage =>
  async (folder, model) => {
    const path = (await segmentsIn(folder)).at(-1);
    if (path === undefined) return;
    const end = (await recordsOf(path)).at(-1)?.end ?? 0;
    const record = anEventRecord(`e${++sequence}`, { pad: 'never acknowledged' });
    const payload = payloadOf(record, undefined);
    const group = new Group();
    void group.add([record], [payload], HEADER_BYTES + bytesOf(payload));
    await overwrite(path, end, group.bytes.subarray(0, Math.floor(kept * group.size)));
    note(model, record);
  };

const flippedBit =
  (where: number): Damage =>
  async (folder, model) => {
    const hit = await byteAt(folder, where);
    if (hit === null) return;
    const { path, at, bytes, records } = hit;
    await overwrite(path, at, Buffer.from([(bytes[at] as number) ^ (1 << Math.floor(where * 8))]));
    free(
      model,
      records.filter(({ start, end }) => start <= at && at < end),
    );
  };

const cutFile =
  (where: number): Damage =>
  async (folder, model) => {
    const hit = await byteAt(folder, where);
    if (hit === null) return;
    await truncate(hit.path, hit.at);
    free(
      model,
      hit.records.filter(({ end }) => end > hit.at),
    );
  };

const nothing: Damage = async () => {};

/** A cursor that is gone or wrong brings everything again that is still there. */
const brokenCursor =
  (wrong: string): Damage =>
  async (folder) => {
    for (const name of await readdir(folder)) {
      if (name !== 'damaged') await writeFile(`${folder}/${name}/cursor`, wrong);
    }
  };

interface Lying {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

async function recordsOf(path: string): Promise<Lying[]> {
  const bytes = await readFile(path);
  const records: Lying[] = [];
  let found = findNext(bytes, 0);
  while (found.kind === 'record' || found.kind === 'damaged') {
    if (found.kind === 'record') {
      const record = JSON.parse(textOf(bytes, found.start, found.end)) as EventRecord;
      records.push({ id: eventIdOf(record), start: found.start, end: found.end });
    }
    found = findNext(bytes, found.end);
  }
  return records;
}

async function byteAt(folder: string, where: number) {
  const paths = await segmentsIn(folder);
  const path = paths[Math.floor(where * paths.length)];
  if (path === undefined) return null;
  const records = await recordsOf(path);
  const bytes = await readFile(path);
  const fraction = (where * paths.length) % 1;
  const at = Math.floor(fraction * (records.at(-1)?.end ?? 0));
  return at < bytes.length ? { path, at, bytes, records } : null;
}

function free(model: Model, records: readonly Lying[]): void {
  const ids = new Set(records.map(({ id }) => id));
  for (const id of ids) model.free.add(id);
  model.pending = model.pending.filter((id) => !ids.has(id));
}

function note(model: Model, record: EventRecord): void {
  const id = eventIdOf(record);
  model.free.add(id);
  model.order.push(id);
  model.journalOf.set(id, model.journal);
}

/** Nothing unknown, nothing twice, nothing that was consumed for good, no journal out of order. */
function check(model: Model, ids: readonly string[]): void {
  const allowed = new Set([...model.pending, ...model.free]);
  const unexpected = ids.filter((id) => !allowed.has(id));
  assert.deepEqual(unexpected, []);
  assert.equal(new Set(ids).size, ids.length);
  const place = new Map(model.order.map((id, i) => [id, i]));
  const last = new Map<number, number>();
  for (const id of ids) {
    const journal = model.journalOf.get(id) as number;
    const here = place.get(id) as number;
    assert.ok(here > (last.get(journal) ?? -1), `${id} is out of order`);
    last.set(journal, here);
  }
}

function forget(model: Model, ids: readonly string[]): void {
  const gone = new Set(ids);
  model.pending = model.pending.filter((id) => !gone.has(id));
  for (const id of gone) model.free.delete(id);
}

/** All from disk, a little from memory, all from memory. */
const memory = fc.constantFrom(0, 0, 1500, 1_000_000);
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const commands = fc.commands(
  [
    fc.array(fc.nat(600), { minLength: 1, maxLength: 5 }).map((sizes) => new Append(sizes)),
    fc.array(fc.nat(600), { minLength: 1, maxLength: 5 }).map((sizes) => new Append(sizes)),
    fc
      .tuple(fc.nat(3), fc.boolean(), fc.array(fc.nat(600), { maxLength: 12 }))
      .map((options) => new Consume(...options)),
    fc.constant(new Drain()),
    fc.constant(new Restart()),
    fc.constant(new Crash('nothing', nothing)),
    fraction.map((kept) => new Crash(`torn ${kept}`, tornWrite(kept))),
    fraction.map((where) => new Crash(`flip ${where}`, flippedBit(where))),
    fraction.map((where) => new Crash(`cut ${where}`, cutFile(where))),
    fc.string().map((wrong) => new Crash(`cursor ${wrong}`, brokenCursor(wrong))),
  ],
  { maxCommands: 15 },
);

describe('the journal against a list in memory', () => {
  afterEach(() => workshop.clean());

  it('delivers what was acknowledged, in order, whatever happens to process and files', async () => {
    const property = fc
      .asyncProperty(commands, memory, async (script, memoryBytes) => {
        const folder = await workshop.folder();
        const options = { most: MOST, memoryBytes };
        const journal = await workshop.open(folder, options);
        const [model, real] = [new Model(), { folder, journal, options }];
        await fc.asyncModelRun(() => ({ model, real }), [...script, new Drain()]);
      })
      .afterEach(() => workshop.clean());

    const checked = fc.assert(property, {
      numRuns: 80,
      timeout: 10_000,
    });

    await expect(checked).resolves.toBeUndefined();
  }, 120_000);
});
