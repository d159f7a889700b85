import { Logger } from '@nestjs/common';
import type { Database } from './database.js';

/** A statement for each row of an import must not become a refresh for each. */
const LEAST_PAUSE_MS = 50;

export interface Refreshing {
  /** Its NOTIFY hastens the next refresh. */
  readonly channel: string;
  readonly everyMs: number;
  /** May reject: it is tried again, and the trouble is logged once. */
  readonly refresh: () => Promise<void>;
}

/**
 * Keeps what was read of the database fresh: refreshes once it is ready, then at every interval
 * and soon after each NOTIFY, one at a time, until `stop` is aborted. Never rejects.
 */
export async function keepFresh(
  database: Database,
  { channel, everyMs, refresh }: Refreshing,
  stop: AbortSignal,
): Promise<void> {
  const alarm = new Alarm();
  stop.addEventListener('abort', () => alarm.ring(), { once: true });
  const attempt = reported(channel, refresh, stop);
  await Promise.race([database.ready(), aborted(stop)]);
  if (!stop.aborted) database.listen(channel, () => alarm.ring(), stop);
  while (!stop.aborted) {
    await attempt();
    await alarm.wait(LEAST_PAUSE_MS, everyMs);
  }
}

/** Says when refreshing begins to fail and when it works again, not each time in between. */
function reported(
  channel: string,
  refresh: () => Promise<void>,
  stop: AbortSignal,
): () => Promise<void> {
  const logger = new Logger('database');
  let failing = false;
  return async () => {
    try {
      await refresh();
      if (failing) logger.log({ type: 'REFRESH_RESUMED', channel });
      failing = false;
    } catch (error) {
      if (!failing && !stop.aborted) {
        logger.warn({ type: 'REFRESH_FAILED', channel, error: String(error) });
      }
      failing = true;
    }
  };
}

const aborted = (stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener('abort', () => resolve(), { once: true });
  });

/** Waits, unless it has been rung since the wait before. */
class Alarm {
  private rung = false;
  private end: () => void = () => undefined;

  ring(): void {
    this.rung = true;
    this.end();
  }

  async wait(leastMs: number, mostMs: number): Promise<void> {
    if (!this.rung) await this.sleep(mostMs);
    if (this.rung) await new Promise((resolve) => setTimeout(resolve, leastMs));
    this.rung = false;
  }

  private async sleep(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.end = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }
}
