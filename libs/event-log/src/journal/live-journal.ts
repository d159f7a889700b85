import type { EventLogMetrics } from '../event-log.metrics.js';
import type { CommitListener } from './group-commit.js';
import type { Group } from './group.js';
import type { JournalReader } from './journal-reader.js';
import { compare, type Position } from './position.js';
import type { RecentRecords, Slice } from './recent-records.js';
import type { Segment } from './segment.js';
import type { Source, SourceState } from './source.js';
import type { StoredSegment } from './stored-segment.js';

export interface Patience {
  /** So many records are worth a batch at once. */
  readonly enough: number;
  /** Fewer wait so long for company. */
  readonly lingerMs: number;
}

/** The journal that this process writes: read from memory while the consumer keeps up. */
export class LiveJournal implements Source, CommitListener {
  private durableTo: Position = { segment: 0, offset: 0 };
  private records = 0;
  private bytes = 0;
  private oldestAt: number | null = null;
  private waitingSince = 0;

  constructor(
    private readonly reader: JournalReader,
    private readonly recent: RecentRecords,
    private readonly patience: Patience,
    private readonly metrics: EventLogMetrics | undefined,
    /** Called when a batch may have become due, or a wait for it should begin. */
    private readonly awaken: () => void,
  ) {}

  get state(): SourceState {
    return { records: this.records, bytes: this.bytes, oldestAt: this.oldestAt };
  }

  durable({ records, ends, size }: Group, segment: Segment, start: number): void {
    const before = this.records;
    const stored = this.stored(segment);
    stored.end = segment.end;
    for (let i = 0; i < ends.length; i++) ends[i] = start + (ends[i] as number);
    this.recent.add({ after: this.durableTo, segment: segment.id, records, ends, bytes: size });
    this.durableTo = { segment: segment.id, offset: segment.end };
    this.records += records.length;
    this.bytes += size;

    if (before === 0) this.waitingSince = performance.now();
    this.oldestAt ??= records[0]?.receipt.receivedAt ?? null;
    if (before === 0 || this.records >= this.patience.enough) this.awaken();
  }

  acknowledged(seconds: number): void {
    this.metrics?.append.observe(seconds);
  }

  sealed(segment: Segment): void {
    this.stored(segment).sealed = true;
  }

  /** Milliseconds until a batch is due; null while nothing waits. */
  dueIn(): number | null {
    if (this.records === 0) return null;
    if (this.records >= this.patience.enough) return 0;
    return Math.max(0, this.waitingSince + this.patience.lingerMs - performance.now());
  }

  async take(most: number): Promise<Slice> {
    const to = this.durableTo;
    this.waitingSince = performance.now();
    const slice = this.recent.from(this.reader.position, most) ?? (await this.reader.read(most));
    return slice ?? { records: [], to }; // everything up to there is damaged
  }

  async forget({ records, to }: Slice): Promise<void> {
    this.bytes -= this.bytesUntil(to);
    // Damaged records were counted when they came, and were never handed over.
    const isAll = compare(to, this.durableTo) >= 0;
    this.records = isAll ? 0 : Math.max(0, this.records - records.length);
    this.oldestAt = isAll ? null : (records.at(-1)?.receipt.receivedAt ?? this.oldestAt);
    await this.reader.forget(to);
  }

  /** Bytes between the position and `to`; damaged ones count, so that none remain for ever. */
  private bytesUntil(to: Position): number {
    return this.reader.segments
      .filter(({ id }) => id >= this.reader.position.segment && id <= to.segment)
      .reduce((sum, segment) => {
        const end = segment.id === to.segment ? to.offset : segment.end;
        return sum + Math.max(0, end - this.reader.startIn(segment));
      }, 0);
  }

  private stored({ id, path }: Segment): StoredSegment {
    const last = this.reader.segments.at(-1);
    if (last?.id === id) return last;
    const stored = { id, path, end: 0, sealed: false };
    this.reader.segments.push(stored);
    return stored;
  }
}
