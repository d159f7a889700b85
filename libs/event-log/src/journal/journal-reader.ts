import { rm } from 'node:fs/promises';
import type { EventRecord } from '../event-record.js';
import type { CursorKeeper } from './cursor-keeper.js';
import type { JournalFiles } from './files.js';
import { textOf } from './format.js';
import type { JournalLog } from './journal.log.js';
import { compare, type Position } from './position.js';
import type { Slice } from './recent-records.js';
import { findNext } from './scan.js';
import type { SetAside } from './set-aside.js';
import { load, type StoredSegment } from './stored-segment.js';

/** What every reader of this process shares. */
export interface ReaderTools {
  readonly files: JournalFiles;
  readonly setAside: SetAside;
  readonly log: JournalLog;
}

interface Loaded {
  readonly segment: number;
  readonly from: number;
  /** What was asked for: the segment may have grown since, and the file may have held less. */
  readonly upTo: number;
  readonly bytes: Buffer;
}

/** Reads one journal from disk, in order, and deletes what was consumed. */
export class JournalReader {
  private loaded: Loaded | null = null;

  constructor(
    /** The journal's name, for whoever looks at damage. */
    private readonly name: string,
    readonly segments: StoredSegment[],
    /** Everything before it is consumed. */
    public position: Position,
    private readonly cursor: CursorKeeper,
    private readonly tools: ReaderTools,
  ) {}

  /** Up to `most` records from the position on, of one segment; null when there are none. */
  async read(most: number): Promise<Slice | null> {
    for (const segment of this.segments.filter(({ id }) => id >= this.position.segment)) {
      // Where nothing sound was found it is asked again: it may have grown meanwhile.
      for (let start = this.startIn(segment); start < segment.end;) {
        const slice = await this.readSegment(segment, start, most);
        if (slice.records.length > 0) return slice;
        start = slice.to.offset;
      }
    }
    this.loaded = null;
    return null;
  }

  /** Everything before `to` never comes again, but for a crash soon after. */
  async forget(to: Position): Promise<void> {
    this.position = to;
    this.cursor.moveTo(to);
    if (this.loaded !== null && compare(to, endOf(this.loaded)) >= 0) this.loaded = null;
    await this.deleteConsumed();
  }

  async deleteConsumed(): Promise<void> {
    for (;;) {
      const oldest = this.segments[0];
      if (oldest === undefined || !this.isConsumed(oldest)) return;
      this.segments.shift();
      await rm(oldest.path, { force: true }).catch((error: unknown) =>
        this.tools.log.upkeepFailed('delete segment', error),
      );
    }
  }

  /** Where reading goes on in a segment. */
  startIn({ id }: StoredSegment): number {
    return id === this.position.segment ? this.position.offset : 0;
  }

  private isConsumed({ id, end, sealed }: StoredSegment): boolean {
    if (id !== this.position.segment) return id < this.position.segment;
    return sealed && this.position.offset >= end;
  }

  private async readSegment(segment: StoredSegment, start: number, most: number): Promise<Slice> {
    const records: EventRecord[] = [];
    const { bytes, upTo } = await this.load(segment, start);
    let at = 0;
    while (records.length < most) {
      const found = findNext(bytes, at);
      const place = { journal: this.name, segment: segment.id, offset: start + at };
      if (found.kind === 'torn') this.tools.setAside.torn(place);
      if (found.kind === 'torn' || found.kind === 'end') {
        // Never the segment's end: it may have grown, and been sealed, since this was loaded.
        return { records, to: { segment: segment.id, offset: upTo } };
      }
      const region = bytes.subarray(found.start, found.end);
      if (found.kind === 'damaged') await this.tools.setAside.damaged(place, region, found.records);
      else {
        const record = parse(textOf(bytes, found.start, found.end));
        if (record === null) await this.tools.setAside.damaged(place, region, 1);
        else records.push(record);
      }
      at = found.end;
    }
    return { records, to: { segment: segment.id, offset: start + at } };
  }

  /** A whole segment is loaded at once and served from memory until it is read. */
  private async load(segment: StoredSegment, start: number): Promise<Omit<Loaded, 'from'>> {
    const { loaded } = this;
    if (loaded !== null && loaded.segment === segment.id && start >= loaded.from) {
      const bytes = loaded.bytes.subarray(start - loaded.from);
      if (bytes.length > 0) return { ...loaded, bytes };
    }
    const upTo = segment.end;
    const bytes = await load(this.tools.files, segment, start);
    this.loaded = { segment: segment.id, from: start, upTo, bytes };
    return this.loaded;
  }
}

const endOf = ({ segment, from, bytes }: Loaded): Position => ({
  segment,
  offset: from + bytes.length,
});

/** Null for a sound record that holds no JSON: never written by us, and yet no reason to stop. */
function parse(text: string): EventRecord | null {
  try {
    return JSON.parse(text) as EventRecord;
  } catch {
    return null;
  }
}
