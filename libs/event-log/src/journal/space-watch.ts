import type { JournalFiles } from './files.js';
import type { JournalLog } from './journal.log.js';

/** Knows whether the volume is above its floor, by asking now and then. */
export class SpaceWatch {
  private timer: NodeJS.Timeout | undefined;

  freeBytes: number | null = null;
  isLow = false;

  constructor(
    private readonly files: JournalFiles,
    private readonly directory: string,
    private readonly minFreeBytes: number,
    private readonly log: JournalLog,
    /** There is enough: what failed for want of space may be tried again. */
    private readonly enough: () => void,
  ) {}

  async start(everyMs: number): Promise<void> {
    await this.look();
    this.timer = setInterval(() => void this.look(), everyMs).unref();
  }

  close(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    try {
      const free = await this.files.freeBytes(this.directory);
      this.freeBytes = free;
      this.judge(free);
    } catch (error) {
      this.log.upkeepFailed('free space', error); // not known to be low
    }
  }

  private judge(free: number): void {
    const wasLow = this.isLow;
    this.isLow = free < this.minFreeBytes;
    if (this.isLow && !wasLow) this.log.lowSpace(free, this.minFreeBytes);
    if (!this.isLow && wasLow) this.log.enoughSpace(free);
    if (!this.isLow) this.enough();
  }
}
