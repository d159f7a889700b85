import { rm } from 'node:fs/promises';
import type { JournalFiles } from './files.js';
import type { JournalLog } from './journal.log.js';
import { Segment } from './segment.js';

/** Hands out empty segments, and makes the next one ahead, off the way of any append. */
export class SegmentSupply {
  private nextId = 1;
  private isMaking = false;
  private ahead: Promise<Segment>;

  /** Why the next segment could not be made; null while all is well. */
  failure: Error | null = null;

  constructor(
    private readonly files: JournalFiles,
    private readonly directory: string,
    private readonly bytes: number,
    private readonly log: JournalLog,
  ) {
    this.ahead = this.make();
  }

  /** @throws when no segment could be made; `retry` makes another attempt. */
  async take(): Promise<Segment> {
    const segment = await this.ahead;
    this.ahead = this.make();
    return segment;
  }

  retry(): void {
    if (this.failure !== null && !this.isMaking) this.ahead = this.make();
  }

  /** Removes the segment that nobody took. */
  async close(): Promise<void> {
    const unused = await this.ahead.catch(() => null);
    await unused?.abandon();
    if (unused) await rm(unused.path, { force: true });
  }

  private make(): Promise<Segment> {
    this.isMaking = true;
    const made = Segment.make(this.files, this.directory, this.nextId++, this.bytes);
    made.then(
      () => this.made(null),
      (error: Error) => this.made(error),
    );
    return made;
  }

  private made(failure: Error | null): void {
    if (failure !== null && this.failure === null) this.log.noSegment(failure);
    this.failure = failure;
    this.isMaking = false;
  }
}
