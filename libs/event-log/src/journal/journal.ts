import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EventLog, type Sent } from '../event-log.js';
import type { EventLogState } from '../event-log.metrics.js';
import type { EventRecord } from '../event-record.js';
import { AdoptedJournals } from './adopted-journals.js';
import { Bell } from './bell.js';
import { Consumer, type Handler } from './consumer.js';
import { CursorKeeper } from './cursor-keeper.js';
import { GroupCommit } from './group-commit.js';
import { type JournalOptions, type JournalSettings, settingsFrom } from './journal-options.js';
import { JournalLog } from './journal.log.js';
import { JournalReader } from './journal-reader.js';
import { LiveJournal } from './live-journal.js';
import { NotAppendedError } from './not-appended.error.js';
import { Owner } from './owner.js';
import { RecentRecords } from './recent-records.js';
import { SegmentSupply } from './segment-supply.js';
import { SetAside } from './set-aside.js';
import { SpaceWatch } from './space-watch.js';

/**
 * The event log in files of this machine.
 *
 * Every process writes a journal of its own and never one that was there before it. What an
 * earlier process left is adopted, handed over and removed. Records must be plain JSON values:
 * a consumer that keeps up gets the very objects that were appended, one that is behind gets
 * them parsed again.
 */
export class Journal extends EventLog {
  private readonly bell = new Bell();
  private readonly log = new JournalLog();
  private readonly space: SpaceWatch;
  private readonly supply: SegmentSupply;
  private readonly commits: GroupCommit;
  private readonly cursor: CursorKeeper;
  private readonly live: LiveJournal;
  private readonly adopted: AdoptedJournals;

  private readonly closing = new AbortController();
  private consuming: Promise<void> | null = null;
  private closed: Promise<void> | null = null;

  private constructor(
    private readonly owner: Owner,
    private readonly settings: JournalSettings,
  ) {
    super();
    const { log, bell } = this;
    const { files, metrics, cursorEveryMs } = settings;
    const { directory } = owner;
    const root = settings.directory;
    const awaken = (): void => bell.ring();

    this.supply = new SegmentSupply(files, directory, settings.segmentBytes, log);
    const retry = (): void => this.supply.retry();
    this.space = new SpaceWatch(files, directory, settings.minFreeBytes, log, retry);

    const setAside = new SetAside(files, join(root, 'damaged'), metrics, log);
    const tools = { files, setAside, log };
    this.cursor = new CursorKeeper(files, directory, cursorEveryMs, log);
    const start = { segment: 0, offset: 0 };
    const reader = new JournalReader(owner.id, [], start, this.cursor, tools);
    const recent = new RecentRecords(settings.memoryBytes);
    this.live = new LiveJournal(reader, recent, settings, metrics, awaken);
    this.adopted = new AdoptedJournals(root, owner, cursorEveryMs, tools, awaken);

    const { maxWaitingBytes, appendDeadlineMs: deadlineMs } = settings;
    this.commits = new GroupCommit(this.supply, { maxWaitingBytes, deadlineMs }, this.live, log);
  }

  /**
   * Resolves as soon as appends are taken, which does not wait for what earlier processes left:
   * that is read once `consume` is called.
   */
  static async open(options: JournalOptions): Promise<Journal> {
    const settings = settingsFrom({ ...options, directory: resolve(options.directory) });
    const journal = new Journal(await Owner.settle(settings.directory), settings);
    await journal.space.start(settings.lookAtSpaceEveryMs);
    settings.metrics?.watch(() => journal.state());
    return journal;
  }

  /** The folder that was given at `open`. */
  get directory(): string {
    return this.settings.directory;
  }

  /** @throws NotAppendedError */
  append(records: readonly EventRecord[], sent: readonly Sent[] = []): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    const refusal = this.refusal();
    return refusal === null
      ? this.commits.append(records, sent)
      : Promise.reject(new NotAppendedError(refusal));
  }

  /** One consumer at a time. @throws when there is one already. */
  async consume(handler: Handler, stop: AbortSignal): Promise<void> {
    if (this.consuming !== null) throw new Error('The journal has a consumer already');
    this.adopted.start(this.settings.adoptEveryMs);
    const { live, adopted, bell, log } = this;
    const consumer = new Consumer(live, adopted, bell, this.settings.most, log);
    this.consuming = consumer.run(handler, AbortSignal.any([stop, this.closing.signal]));
    await this.consuming.finally(() => (this.consuming = null));
  }

  /** Resolves once what dead processes left is counted in `state`, which needs a consumer. */
  searched(): Promise<void> {
    return this.adopted.searched;
  }

  /** Cheap enough for a readiness check. */
  state(): EventLogState {
    const refusal = this.refusal();
    const [live, adopted] = [this.live.state, this.adopted.state];
    const oldest = Math.min(live.oldestAt ?? Infinity, adopted.oldestAt ?? Infinity);
    return {
      accepting: refusal === null,
      ...(refusal !== null && { reason: refusal }),
      records: live.records + adopted.records,
      bytes: live.bytes + adopted.bytes,
      oldestAt: Number.isFinite(oldest) ? oldest : null,
      freeBytes: this.space.freeBytes,
    };
  }

  /**
   * Takes nothing more, makes durable what waits, and lets go of every file. What was not
   * consumed stays for the next process. Waits for a running handler: stop that first.
   */
  close(): Promise<void> {
    this.closed ??= this.end();
    return this.closed;
  }

  private refusal(): 'closed' | 'no-space' | null {
    if (this.closed !== null) return 'closed';
    return this.space.isLow || this.supply.failure !== null ? 'no-space' : null;
  }

  private async end(): Promise<void> {
    this.space.close();
    await this.commits.close();
    this.closing.abort();
    await this.consuming?.catch(() => undefined); // told to whoever called consume
    await this.adopted.close();
    await this.cursor.close();
    await this.supply.close();
    await this.owner.leave();
    // Empty; and it may be gone already, since whoever looks for orphans may have been faster.
    if (this.live.state.records === 0) {
      await rm(this.owner.directory, { recursive: true, force: true });
    }
  }
}
