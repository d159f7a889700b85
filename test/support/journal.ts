import { cp, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventLog, type EventRecord, Journal, type JournalOptions } from '#libs/event-log';
import { Logger } from '@nestjs/common';
import { eventIds } from './journal-records.js';

Logger.overrideLogger(false); // what the tests break on purpose is logged as it should be

/** Small and quick: many segments with few records, and nothing waits for company. */
export const SMALL = {
  segmentBytes: 4096,
  minFreeBytes: 0,
  lingerMs: 1,
  cursorEveryMs: 0,
  adoptEveryMs: 10,
  lookAtSpaceEveryMs: 10,
} satisfies Partial<JournalOptions>;

/** Folders and journals of one test file; `clean` closes and removes them. */
export class JournalWorkshop {
  private readonly folders: string[] = [];
  private readonly journals: Journal[] = [];

  async folder(parent = tmpdir()): Promise<string> {
    const folder = await mkdtemp(join(parent, 'journal-'));
    this.folders.push(folder);
    return folder;
  }

  async open(directory: string, options: Partial<JournalOptions> = {}): Promise<Journal> {
    const journal = await Journal.open({ directory, ...SMALL, ...options });
    this.journals.push(journal);
    return journal;
  }

  /** What would be found if the machine stopped now, in another folder. */
  async crashed(directory: string): Promise<string> {
    const copy = await this.folder();
    const withoutSockets = (path: string): boolean => !path.endsWith('.sock');
    try {
      await cp(directory, copy, { recursive: true, filter: withoutSockets });
      return copy;
    } catch (error) {
      // The journal replaced or removed a file meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return this.crashed(directory);
    }
  }

  async clean(): Promise<void> {
    await Promise.all(this.journals.splice(0).map((journal) => journal.close()));
    for (const folder of this.folders.splice(0)) await rm(folder, { recursive: true, force: true });
  }
}

/** Resolves as soon as `condition` holds. The test's own time limit ends the wait. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** A consumer that notes what it gets. */
export class Collector {
  readonly batches: (readonly EventRecord[])[] = [];
  private readonly stopping = new AbortController();
  private readonly ended: Promise<void>;

  constructor(
    log: EventLog,
    before: (batch: readonly EventRecord[]) => Promise<void> = async () => {},
  ) {
    this.ended = log.consume(async (batch) => {
      await before(batch);
      this.batches.push(batch);
    }, this.stopping.signal);
  }

  get ids(): string[] {
    return eventIds(this.batches.flat());
  }

  async has(records: number): Promise<string[]> {
    await until(() => this.ids.length >= records);
    return this.ids;
  }

  stop(): Promise<void> {
    this.stopping.abort();
    return this.ended;
  }
}

/** Everything that waits in a folder, by the id of each event. */
export async function drain(journal: Journal): Promise<string[]> {
  const collector = new Collector(journal);
  await untilDrained(journal);
  await collector.stop();
  return collector.ids;
}

/** Adoption is over when nothing but the journal's own directory is left. */
async function untilDrained(journal: Journal): Promise<void> {
  const folder = journal.directory;
  await until(async () => {
    const others = (await readdir(folder)).filter((name) => name !== 'damaged');
    return others.length <= 1 && journal.state().records === 0;
  });
}

/** The segment files below a folder, oldest first. */
export async function segmentsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith('.segment'))
    .toSorted()
    .map((name) => join(folder, name));
}

export async function overwrite(path: string, at: number, bytes: Buffer): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(bytes, 0, bytes.length, at);
  await file.close();
}
