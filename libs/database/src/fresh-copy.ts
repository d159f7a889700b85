import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Database } from './database.js';

/** A statement for each row of an import must not become a refresh for each. */
const LEAST_PAUSE_MS = 50;
const STOP_WITHIN_MS = 1000;

export interface FreshCopyOptions {
  /** Its NOTIFY hastens the next refresh. */
  readonly channel: string;
  readonly everyMs: number;
  /** May reject: it is tried again, and the trouble is logged once. */
  readonly refresh: (stop: AbortSignal) => Promise<void>;
}

/**
 * Keeps in memory what is in the database: refreshes once that is ready, then at every interval
 * and soon after each NOTIFY, one at a time. Nothing is ever thrown out of the background.
 */
export class FreshCopy {
  private readonly logger = new Logger('database');
  private readonly stopping = new AbortController();
  private readonly alarm = new Alarm();
  private running: Promise<void> | null = null;
  private failing = false;

  constructor(
    private readonly database: Database,
    private readonly options: FreshCopyOptions,
  ) {}

  /** Returns at once. A second call changes nothing. */
  start(): void {
    this.running ??= this.keepRefreshing();
  }

  /** For good; does not wait long for a database that hangs. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.alarm.ring();
    const limit = sleep(STOP_WITHIN_MS, undefined, { ref: false });
    await Promise.race([this.running, limit]);
  }

  private async keepRefreshing(): Promise<void> {
    const { channel, everyMs } = this.options;
    const { signal } = this.stopping;
    await Promise.race([this.database.ready(), once(signal, 'abort')]);
    if (!signal.aborted) this.database.listen(channel, () => this.alarm.ring(), signal);
    while (!signal.aborted) {
      await this.refresh();
      if (await this.alarm.wait(everyMs)) await sleep(LEAST_PAUSE_MS);
    }
  }

  /** Says when refreshing begins to fail and when it works again, not each time in between. */
  private async refresh(): Promise<void> {
    const { channel, refresh } = this.options;
    try {
      await refresh(this.stopping.signal);
      if (this.failing) this.logger.log({ type: 'REFRESH_RESUMED', channel });
      this.failing = false;
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      if (!this.failing)
        this.logger.warn({ type: 'REFRESH_FAILED', channel, error: String(error) });
      this.failing = true;
    }
  }
}

/** Rung while nobody waits, it ends the next wait at once. */
class Alarm {
  private rung = false;
  private end: () => void = () => undefined;

  ring(): void {
    this.rung = true;
    this.end();
  }

  /** Whether it was rung; else so many milliseconds have passed. */
  async wait(mostMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    if (!this.rung) {
      await new Promise<void>((resolve) => {
        this.end = resolve;
        timer = setTimeout(resolve, mostMs);
      });
    }
    clearTimeout(timer);
    const { rung } = this;
    this.rung = false;
    return rung;
  }
}
