import type { EventLogMetrics } from '../event-log.metrics.js';
import { type JournalFiles, nodeFiles } from './files.js';

const KIB = 1024;
const MIB = 1024 * KIB;

export interface JournalOptions {
  /** The folder that the processes of this machine share; each makes its own inside. */
  readonly directory: string;
  readonly metrics?: EventLogMetrics;
  /** Below so many free bytes nothing is accepted. */
  readonly minFreeBytes?: number;
  /** An append that is not durable within it is rejected, at most a tenth later. */
  readonly appendDeadlineMs?: number;
  /** Appends that would make more than this wait are rejected at once. At most a segment. */
  readonly maxWaitingBytes?: number;
  readonly segmentBytes?: number;
  /** So much of what was appended last is kept in memory for the consumer. */
  readonly memoryBytes?: number;
  /** No batch is larger. */
  readonly most?: number;
  /** So many records make a batch at once. */
  readonly enough?: number;
  /** Fewer wait so long for company. */
  readonly lingerMs?: number;
  readonly cursorEveryMs?: number;
  readonly adoptEveryMs?: number;
  readonly lookAtSpaceEveryMs?: number;
  readonly files?: JournalFiles;
}

export type JournalSettings = Required<Omit<JournalOptions, 'metrics'>> &
  Pick<JournalOptions, 'metrics'>;

const DEFAULTS = {
  minFreeBytes: 256 * MIB,
  appendDeadlineMs: 1000,
  maxWaitingBytes: 8 * MIB,
  segmentBytes: 16 * MIB,
  memoryBytes: 8 * MIB,
  most: 5000,
  enough: 500,
  lingerMs: 100,
  cursorEveryMs: 200,
  adoptEveryMs: 5000,
  lookAtSpaceEveryMs: 1000,
  files: nodeFiles,
};

export function settingsFrom(options: JournalOptions): JournalSettings {
  const settings = { ...DEFAULTS, ...options };
  const { maxWaitingBytes, segmentBytes } = settings;
  return { ...settings, maxWaitingBytes: Math.min(maxWaitingBytes, segmentBytes) };
}
