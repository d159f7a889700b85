import { setImmediate as immediately } from 'node:timers/promises';
import type { Sent } from '../event-log.js';
import type { EventRecord } from '../event-record.js';
import { HEADER_BYTES } from './format.js';
import { Group } from './group.js';
import type { JournalLog } from './journal.log.js';
import { NotAppendedError } from './not-appended.error.js';
import { bytesOf, mostBytesOf, type Payload, payloadOf } from './payload.js';
import type { Segment } from './segment.js';
import type { SegmentSupply } from './segment-supply.js';

/** A loop that never comes to rest must not keep a group from its sync. */
const LONGEST_GATHERING_MS = 4;

/** So many bytes need no company: a batch is on its way to the disk while the next is judged. */
const WORTH_A_SYNC = 64 * 1024;

export interface CommitLimits {
  /** A group always fits into an empty segment, because it never exceeds this. */
  readonly maxWaitingBytes: number;
  readonly deadlineMs: number;
}

/** Hears what happens, in order. */
export interface CommitListener {
  /** The group is durable in `segment`, from `start` to the segment's end. Nobody is told yet. */
  durable(group: Group, segment: Segment, start: number): void;
  acknowledged(seconds: number): void;
  /** Nothing is written to the segment any more. */
  sealed(segment: Segment): void;
}

/**
 * Appends in groups: all that waits when the last sync returns, and what this turn of the loop and
 * the next still bring, is the next group. There is no timer, since a slower disk makes larger
 * groups by itself.
 */
export class GroupCommit {
  private filling = new Group();
  private spare = new Group();
  private committing: Group | null = null;
  private segment: Segment | null = null;
  private running: Promise<void> | null = null;
  private sealing = Promise.resolve();

  constructor(
    private readonly supply: SegmentSupply,
    private readonly limits: CommitLimits,
    private readonly listener: CommitListener,
    private readonly log: JournalLog,
  ) {}

  append(records: readonly EventRecord[], sent: readonly Sent[]): Promise<void> {
    let payloads: readonly Payload[];
    try {
      // Before anything is added: a record that has no JSON text must not leave half of its call.
      payloads = records.map((record, i) => payloadOf(record, sent[i]));
    } catch (error) {
      return Promise.reject(error);
    }
    const most = total(payloads, mostBytesOf);
    if (!this.hasRoomFor(most) && !this.hasRoomFor(total(payloads, bytesOf))) {
      return Promise.reject(new NotAppendedError('too-much-waiting'));
    }
    const durable = this.filling.add(records, payloads, most);
    this.running ??= this.commitAll();
    return durable;
  }

  private hasRoomFor(size: number): boolean {
    return this.filling.size + size <= this.limits.maxWaitingBytes;
  }

  /** Resolves when nothing waits any more and the last segment is closed. */
  async close(): Promise<void> {
    await this.running;
    this.seal((segment) => segment.close());
    await this.sealing;
  }

  private async commitAll(): Promise<void> {
    const { deadlineMs } = this.limits;
    const watch = setInterval(() => this.rejectLate(), Math.max(1, deadlineMs / 10));
    while (!this.filling.isEmpty) {
      await this.gather();
      const group = this.filling;
      this.filling = this.spare;
      this.committing = group;
      await this.commit(group);
      this.committing = null;
      group.clear();
      this.spare = group;
    }
    clearInterval(watch);
    this.running = null;
  }

  /**
   * Whoever is on the way comes along: as long as each turn of the loop brings appends, one more,
   * unless what is there is worth a sync of its own.
   */
  private async gather(): Promise<void> {
    const until = performance.now() + LONGEST_GATHERING_MS;
    let size: number;
    do {
      size = this.filling.size;
      await immediately();
    } while (
      this.filling.size > size &&
      this.filling.size < WORTH_A_SYNC &&
      performance.now() < until
    );
  }

  private async commit(group: Group): Promise<void> {
    try {
      const segment = await this.segmentFor(group.size);
      if (group.isForsaken) return;
      const start = segment.end;
      await segment.write(group.bytes);
      this.listener.durable(group, segment, start);
      const now = performance.now();
      group.resolve((since) => this.listener.acknowledged((now - since) / 1000));
    } catch (error) {
      this.fail(group, error as Error);
    }
  }

  private async segmentFor(size: number): Promise<Segment> {
    if (this.segment !== null && this.segment.room >= size) return this.segment;
    this.seal((segment) => segment.close());
    this.segment = await this.supply.take();
    return this.segment;
  }

  /**
   * A failed write or sync is final for its segment: the kernel may have dropped what it could
   * not write, and a second sync would then succeed without it.
   */
  private fail(group: Group, error: Error): void {
    const noSpace = this.supply.failure !== null && this.segment === null;
    group.reject(new NotAppendedError(noSpace ? 'no-space' : 'failed', { cause: error }));
    if (!noSpace) this.log.writeFailed(error);
    this.seal((segment) => segment.abandon());
  }

  /** The file is closed in its own time: no append waits for it. */
  private seal(end: (segment: Segment) => Promise<void>): void {
    const segment = this.segment;
    if (segment === null) return;
    this.segment = null;
    this.listener.sealed(segment);
    this.sealing = this.sealing
      .then(() => end(segment))
      .catch((error: Error) => this.log.writeFailed(error));
  }

  private rejectLate(): void {
    const since = performance.now() - this.limits.deadlineMs;
    const late = () => new NotAppendedError('late');
    this.committing?.rejectLate(since, late);
    this.filling.rejectLate(since, late);
  }
}

const total = (payloads: readonly Payload[], bytes: (payload: Payload) => number): number =>
  payloads.reduce((sum, payload) => sum + HEADER_BYTES + bytes(payload), 0);
