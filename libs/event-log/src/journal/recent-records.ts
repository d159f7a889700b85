import type { EventRecord } from '../event-record.js';
import { compare, type Position } from './position.js';

/** What was appended together, as it is kept in memory. */
export interface Chunk {
  /** Where the chunk before it ended; thus a chunk may begin in an older segment. */
  readonly after: Position;
  readonly segment: number;
  readonly records: readonly EventRecord[];
  /** Offset in the segment after each record. */
  readonly ends: readonly number[];
  readonly bytes: number;
}

/** Records and the place after the last of them. */
export interface Slice {
  readonly records: readonly EventRecord[];
  readonly to: Position;
}

/**
 * The records appended last, as the objects that they came as: a consumer that keeps up reads
 * nothing and parses nothing. Over its bound it forgets the oldest, which then come from disk.
 */
export class RecentRecords {
  private chunks: Chunk[] = [];
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** Chunks are added in the order of their positions, without gaps. */
  add(chunk: Chunk): void {
    this.chunks.push(chunk);
    this.bytes += chunk.bytes;
    while (this.bytes > this.maxBytes) this.dropOldest();
  }

  /** Up to `most` records from `position` on; null where they are not, or no longer, kept. */
  from(position: Position, most: number): Slice | null {
    this.dropBefore(position);
    const oldest = this.chunks[0];
    if (oldest === undefined || compare(oldest.after, position) > 0) return null;

    const records: EventRecord[] = [];
    let to = position;
    for (const { segment, records: all, ends } of this.chunks) {
      const first = segment === to.segment ? ends.findIndex((end) => end > to.offset) : 0;
      const last = Math.min(all.length, first + most - records.length);
      for (let i = first; i < last; i++) records.push(all[i] as EventRecord);
      to = { segment, offset: ends[last - 1] as number };
      if (records.length === most) break;
    }
    return { records, to };
  }

  private dropBefore(position: Position): void {
    for (;;) {
      const oldest = this.chunks[0];
      if (oldest === undefined || compare(endOf(oldest), position) > 0) return;
      this.dropOldest();
    }
  }

  private dropOldest(): void {
    const oldest = this.chunks.shift();
    if (oldest) this.bytes -= oldest.bytes;
  }
}

const endOf = ({ segment, ends }: Chunk): Position => ({ segment, offset: ends.at(-1) as number });
