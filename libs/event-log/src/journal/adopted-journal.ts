import { rm } from 'node:fs/promises';
import { setImmediate as immediately } from 'node:timers/promises';
import type { EventRecord } from '../event-record.js';
import type { Orphan } from './adoption.js';
import { readCursor } from './cursor.js';
import { CursorKeeper } from './cursor-keeper.js';
import { textOf } from './format.js';
import { JournalReader, type ReaderTools } from './journal-reader.js';
import type { Slice } from './recent-records.js';
import { findNext } from './scan.js';
import type { Source, SourceState } from './source.js';
import { load, storedSegments, type StoredSegment } from './stored-segment.js';

/** Records looked at before others get a turn. */
const TURN = 1000;

/** The journal of a process that is no more: read to its end, then removed. Never appended to. */
export class AdoptedJournal implements Source {
  private records = 0;
  private bytes = 0;
  private oldestAt: number | null = null;

  private constructor(
    readonly name: string,
    readonly directory: string,
    private readonly reader: JournalReader,
    private readonly cursor: CursorKeeper,
    private readonly tools: ReaderTools,
  ) {}

  /** Counts what waits in it, which takes a while where there is much. */
  static async open(
    { name, directory }: Orphan,
    cursorEveryMs: number,
    tools: ReaderTools,
    stop: AbortSignal,
  ): Promise<AdoptedJournal> {
    const cursor = new CursorKeeper(tools.files, directory, cursorEveryMs, tools.log);
    const position = (await readCursor(directory)) ?? { segment: 0, offset: 0 };
    const segments = await storedSegments(directory);
    const reader = new JournalReader(name, segments, position, cursor, tools);
    const journal = new AdoptedJournal(name, directory, reader, cursor, tools);
    await reader.deleteConsumed(); // which a crash may have prevented
    for (const segment of segments) {
      if (!stop.aborted) await journal.count(segment);
    }
    return journal;
  }

  get state(): SourceState {
    return { records: this.records, bytes: this.bytes, oldestAt: this.oldestAt };
  }

  take(most: number): Promise<Slice | null> {
    return this.reader.read(most);
  }

  async forget({ records, to }: Slice): Promise<void> {
    const left = Math.max(0, this.records - records.length);
    this.bytes = Math.round(this.records > 0 ? (this.bytes * left) / this.records : 0);
    this.records = left;
    this.oldestAt = left > 0 ? (records.at(-1)?.receipt.receivedAt ?? null) : null;
    await this.reader.forget(to);
  }

  /** Leaves the rest to whoever adopts it next. */
  close(): Promise<void> {
    return this.cursor.close();
  }

  /** Only when everything in it was forgotten. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  private async count(segment: StoredSegment): Promise<void> {
    const bytes = await load(this.tools.files, segment, this.reader.startIn(segment));
    let found = findNext(bytes, 0);
    for (let i = 1; found.kind === 'record' || found.kind === 'damaged'; i++) {
      if (found.kind === 'record') {
        this.records++;
        this.bytes += found.end - found.start;
        this.oldestAt ??= receivedAt(textOf(bytes, found.start, found.end));
      }
      if (i % TURN === 0) await immediately();
      found = findNext(bytes, found.end);
    }
  }
}

function receivedAt(text: string): number | null {
  try {
    return (JSON.parse(text) as EventRecord).receipt.receivedAt;
  } catch {
    return null;
  }
}
