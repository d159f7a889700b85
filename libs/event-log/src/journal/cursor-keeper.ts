import { setTimeout as pause } from 'node:timers/promises';
import { writeCursor } from './cursor.js';
import type { JournalFiles } from './files.js';
import type { JournalLog } from './journal.log.js';
import type { Position } from './position.js';

/**
 * Writes the cursor of one journal, the latest position only and not more often than `everyMs`:
 * its sync stands in the way of the syncs that senders wait for. A crash in between redelivers.
 */
export class CursorKeeper {
  private wanted: Position | null = null;
  private writing: Promise<void> | null = null;
  private readonly hurry = new AbortController();

  constructor(
    private readonly files: JournalFiles,
    private readonly directory: string,
    private readonly everyMs: number,
    private readonly log: JournalLog,
  ) {}

  moveTo(position: Position): void {
    this.wanted = position;
    this.writing ??= this.writeAll();
  }

  /** Resolves when the latest position is written, without a pause. Nothing may follow. */
  async close(): Promise<void> {
    this.hurry.abort();
    await this.writing;
  }

  private async writeAll(): Promise<void> {
    while (this.wanted !== null) {
      const position = this.wanted;
      this.wanted = null;
      // A full disk refuses it; what is consumed is deleted all the same, which makes room.
      await writeCursor(this.files, this.directory, position).catch((error: unknown) =>
        this.log.upkeepFailed('cursor', error),
      );
      await pause(this.everyMs, undefined, { signal: this.hurry.signal, ref: false }).catch(
        () => undefined,
      );
    }
    this.writing = null;
  }
}
