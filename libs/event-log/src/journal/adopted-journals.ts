import { AdoptedJournal } from './adopted-journal.js';
import { adoptOrphans, type Orphan } from './adoption.js';
import type { ReaderTools } from './journal-reader.js';
import type { Owner } from './owner.js';
import type { Slice } from './recent-records.js';
import type { Source, SourceState } from './source.js';

/**
 * All journals of dead owners that this process adopts, one after the other. New ones are looked
 * for from time to time.
 */
export class AdoptedJournals implements Source {
  private readonly journals: AdoptedJournal[] = [];
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | null = null;
  private readonly closing = new AbortController();
  /** Journals of ours that could not be read; they are tried again when new ones are looked for. */
  private unread: Orphan[] = [];
  private tellSearched: () => void = () => undefined;
  /** Resolves once the first look around is done. */
  readonly searched = new Promise<void>((resolve) => (this.tellSearched = resolve));

  constructor(
    private readonly root: string,
    private readonly owner: Owner,
    private readonly cursorEveryMs: number,
    private readonly tools: ReaderTools,
    /** Called when there is more to read. */
    private readonly awaken: () => void,
  ) {}

  /** Never stops looking before `close`; a second call changes nothing. */
  start(everyMs: number): void {
    if (this.timer !== undefined) return;
    const look = (): void => {
      this.looking ??= this.look().finally(() => {
        this.looking = null;
        this.tellSearched();
      });
    };
    this.timer = setInterval(look, everyMs).unref();
    look();
  }

  get state(): SourceState {
    const states = this.journals.map((journal) => journal.state);
    const oldest = Math.min(...states.map(({ oldestAt }) => oldestAt ?? Infinity));
    return {
      records: states.reduce((sum, { records }) => sum + records, 0),
      bytes: states.reduce((sum, { bytes }) => sum + bytes, 0),
      oldestAt: Number.isFinite(oldest) ? oldest : null,
    };
  }

  async take(most: number): Promise<Slice | null> {
    for (;;) {
      const [journal] = this.journals;
      if (journal === undefined) return null;
      const slice = await this.read(journal, most);
      if (slice !== null) return slice;
    }
  }

  async forget(slice: Slice): Promise<void> {
    await this.journals[0]?.forget(slice);
  }

  async close(): Promise<void> {
    this.closing.abort();
    clearInterval(this.timer);
    await this.looking;
    await Promise.all(this.journals.map((journal) => journal.close()));
  }

  /** Null when the journal is done with, or cannot be read at this time. */
  private async read(journal: AdoptedJournal, most: number): Promise<Slice | null> {
    try {
      const slice = await journal.take(most);
      if (slice !== null) return slice;
      await journal.remove();
    } catch (error) {
      this.tools.log.readFailed(journal.name, error);
      await journal.close();
      this.unread.push(journal);
    }
    this.journals.shift();
    return null;
  }

  private async look(): Promise<void> {
    try {
      const again = this.unread.splice(0);
      const orphans = await adoptOrphans(this.root, this.owner.id, this.tools.log);
      for (const orphan of [...again, ...orphans]) {
        if (!this.closing.signal.aborted) await this.open(orphan);
      }
    } catch (error) {
      this.tools.log.upkeepFailed('adoption', error);
    }
  }

  private async open(orphan: Orphan): Promise<void> {
    const { cursorEveryMs, tools, closing } = this;
    try {
      this.journals.push(await AdoptedJournal.open(orphan, cursorEveryMs, tools, closing.signal));
      tools.log.adopted(orphan.name);
      this.awaken();
    } catch (error) {
      tools.log.readFailed(orphan.name, error);
      this.unread.push(orphan);
    }
  }
}
