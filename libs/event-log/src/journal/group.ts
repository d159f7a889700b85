import type { EventRecord } from '../event-record.js';
import { HEADER_BYTES, writeHeader } from './format.js';
import { type Payload, writePayload } from './payload.js';

const USUAL_BYTES = 256 * 1024;

/** Appends that come so close together wait as one: a promise each would be as many as events. */
const TOGETHER_MS = 1;

/** Some appends of the same moment. */
class Waiter {
  readonly durable: Promise<void>;
  resolve!: () => void;
  reject!: (reason: Error) => void;

  constructor(readonly since: number) {
    this.durable = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

/**
 * Appends that become durable together: one buffer, one write, one sync.
 *
 * A record is written into the buffer when it arrives; nothing is copied or built afterwards.
 */
export class Group {
  private buffer = Buffer.allocUnsafeSlow(USUAL_BYTES);
  private waiters: Waiter[] = [];
  /** Waiters before this one were told that they are late. */
  private late = 0;

  records: EventRecord[] = [];
  /** Where each record ends, counted from the start of the group. */
  ends: number[] = [];
  size = 0;

  get bytes(): Buffer {
    return this.buffer.subarray(0, this.size);
  }

  get isEmpty(): boolean {
    return this.waiters.length === 0;
  }

  /** Nobody waits for it any longer. */
  get isForsaken(): boolean {
    return this.late === this.waiters.length;
  }

  /** `size`: no less than the payloads take as records. Resolves once they are durable. */
  add(records: readonly EventRecord[], payloads: readonly Payload[], size: number): Promise<void> {
    this.makeRoom(size);
    for (let i = 0; i < payloads.length; i++) {
      const at = this.size;
      this.size = writePayload(payloads[i] as Payload, this.buffer, at + HEADER_BYTES);
      writeHeader(this.buffer, at, this.size);
      this.records.push(records[i] as EventRecord);
      this.ends.push(this.size);
    }
    return this.waiterOf(performance.now()).durable;
  }

  private waiterOf(now: number): Waiter {
    const newest = this.waiters.at(-1);
    const isOpen = this.late < this.waiters.length;
    if (newest && isOpen && now - newest.since < TOGETHER_MS) return newest;
    const waiter = new Waiter(now);
    this.waiters.push(waiter);
    return waiter;
  }

  /** Rejects those who have waited since `since` or longer. */
  rejectLate(since: number, error: () => Error): void {
    for (; this.late < this.waiters.length; this.late++) {
      const waiter = this.waiters[this.late] as Waiter;
      if (waiter.since > since) return;
      waiter.reject(error());
    }
  }

  resolve(durable: (since: number) => void): void {
    for (const waiter of this.waiters.slice(this.late)) {
      durable(waiter.since);
      waiter.resolve();
    }
  }

  reject(error: Error): void {
    for (const waiter of this.waiters.slice(this.late)) waiter.reject(error);
  }

  /** Makes it empty again. Its buffer is used again; its lists of records now belong to others. */
  clear(): void {
    if (this.buffer.length > 4 * USUAL_BYTES) this.buffer = Buffer.allocUnsafeSlow(USUAL_BYTES);
    this.waiters = [];
    this.records = [];
    this.ends = [];
    this.size = 0;
    this.late = 0;
  }

  private makeRoom(size: number): void {
    const needed = this.size + size;
    if (needed <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.buffer.length));
    this.buffer.copy(larger, 0, 0, this.size);
    this.buffer = larger;
  }
}
