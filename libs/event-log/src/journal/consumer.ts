import { setTimeout as pause } from 'node:timers/promises';
import type { EventRecord } from '../event-record.js';
import type { AdoptedJournals } from './adopted-journals.js';
import type { Bell } from './bell.js';
import type { JournalLog } from './journal.log.js';
import type { LiveJournal } from './live-journal.js';
import type { Slice } from './recent-records.js';
import type { Source } from './source.js';

export type Handler = (batch: readonly EventRecord[]) => Promise<void>;

const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2000;

/**
 * Hands batches of the live journal and of adopted ones to a handler, in turn: neither starves
 * the other, and the order inside each is kept.
 */
export class Consumer {
  constructor(
    private readonly live: LiveJournal,
    private readonly adopted: AdoptedJournals,
    private readonly bell: Bell,
    private readonly most: number,
    private readonly log: JournalLog,
  ) {}

  /** Resolves after `stop`, once the running handler has ended. */
  async run(handler: Handler, stop: AbortSignal): Promise<void> {
    const ring = (): void => this.bell.ring();
    stop.addEventListener('abort', ring);
    while (!stop.aborted) {
      const worked = await this.turn(handler, stop);
      if (!worked) await this.bell.heard(this.live.dueIn());
    }
    stop.removeEventListener('abort', ring);
  }

  private async turn(handler: Handler, stop: AbortSignal): Promise<boolean> {
    const old = await this.adopted.take(this.most);
    if (old !== null) await this.deliver(old, this.adopted, handler, stop);
    if (this.live.dueIn() !== 0 || stop.aborted) return old !== null;

    const young = await this.takeLive(stop);
    if (young !== null) await this.deliver(young, this.live, handler, stop);
    return true;
  }

  private async takeLive(stop: AbortSignal): Promise<Slice | null> {
    try {
      return await this.live.take(this.most);
    } catch (error) {
      this.log.readFailed('own', error);
      await rest(LONGEST_PAUSE_MS, stop);
      return null;
    }
  }

  private async deliver(
    slice: Slice,
    source: Source,
    handler: Handler,
    stop: AbortSignal,
  ): Promise<void> {
    for (let ms = SHORTEST_PAUSE_MS; slice.records.length > 0; ms *= 2) {
      if (stop.aborted) return; // not forgotten: it comes again
      try {
        await handler(slice.records);
        break;
      } catch (error) {
        this.log.handlerFailed(slice.records.length, error);
        await rest(Math.min(ms, LONGEST_PAUSE_MS), stop);
      }
    }
    await source.forget(slice);
  }
}

const rest = (ms: number, stop: AbortSignal): Promise<void> =>
  pause(ms, undefined, { signal: stop }).catch(() => undefined);
