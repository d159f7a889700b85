import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventLogMetrics } from '../event-log.metrics.js';
import type { JournalFiles } from './files.js';
import type { JournalLog } from './journal.log.js';

/** Where damage was found. */
export interface Place {
  readonly journal: string;
  readonly segment: number;
  readonly offset: number;
}

/**
 * Keeps bytes that are no sound record, for a person to look at, and counts them. It outlives
 * the journal, whose directory is removed once it is consumed.
 */
export class SetAside {
  constructor(
    private readonly files: JournalFiles,
    private readonly directory: string,
    private readonly metrics: EventLogMetrics | undefined,
    private readonly log: JournalLog,
  ) {}

  /** Never throws: what cannot be kept must not stop what is sound. */
  async damaged(
    { journal, segment, offset }: Place,
    bytes: Buffer,
    records: number,
  ): Promise<void> {
    this.metrics?.damaged.inc(records);
    this.log.damaged(journal, segment, offset, records);
    if (bytes.every((byte) => byte === 0)) return;
    try {
      await mkdir(this.directory, { recursive: true, mode: 0o700 });
      const path = join(this.directory, `${journal}-${segment}-${offset}.damaged`);
      const file = await this.files.open(path, 'w', 0o600);
      try {
        await file.writeFile(bytes);
      } finally {
        await file.close();
      }
    } catch (error) {
      this.log.upkeepFailed('set aside', error);
    }
  }

  torn({ journal, segment, offset }: Place): void {
    this.metrics?.torn.inc();
    this.log.torn(journal, segment, offset);
  }
}
