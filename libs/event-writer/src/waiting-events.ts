import { pause } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { AfterCommit } from './after-commit.js';
import { NotStorableError } from './contract-writer.js';
import { EventWriterLog } from './event-writer.log.js';
import { EventWriterMetrics } from './event-writer.metrics.js';
import { faultOf, sqlstateOf } from './fault-of.js';
import { HealingError, WaitingEventsRepository } from './waiting-events.repository.js';

/** More wait nowhere: an offer that never comes must not fill the database. */
export const MOST_WAITING = 100_000;
const AT_ONCE = 500;
const EVICTED_AT_ONCE = 1000;
/** A healing that fails so often for an unknown reason is taken as the row's own fault. */
const UNKNOWN_TRIES = 10;

const TICK_MS = 1000;
/** While nothing waits; another process's events may, once it is gone. */
const IDLE_TICK_MS = 30_000;
const SWEEP_EVERY_MS = 30_000;
const LEAST_REST_MS = 100;
const RECENTLY = '1 minute';
const EVER = '1000 years';

/** Writes events that waited for their offer, once it appears. */
@Injectable()
export class WaitingEvents {
  private wake = new AbortController();
  private unknowns = 0;
  private sweptAt = -Infinity;

  constructor(
    private readonly waiting: WaitingEventsRepository,
    private readonly metrics: EventWriterMetrics,
    private readonly log: EventWriterLog,
    private readonly afterCommit: AfterCommit,
  ) {}

  /** Ticks until `stop` is aborted: each second while events wait, rarely while none does. */
  async run(stop: AbortSignal): Promise<void> {
    // One listener for all ticks: Node 20 keeps a little of every `AbortSignal.any` for ever.
    stop.addEventListener('abort', () => this.hasten(), { once: true });
    while (!stop.aborted) {
      this.wake = new AbortController();
      const stillWaiting = await this.tick(stop);
      await pause(LEAST_REST_MS, stop);
      await pause(stillWaiting > 0 ? TICK_MS : IDLE_TICK_MS, this.wake.signal);
    }
  }

  /** Looks again soon: an event began to wait. */
  hasten(): void {
    this.wake.abort();
  }

  /** One look. Answers how many wait on; a failure is left to the next tick. */
  async tick(stop: AbortSignal, most = MOST_WAITING): Promise<number> {
    try {
      let stillWaiting = await this.waiting.count();
      if (stillWaiting > 0) {
        await this.heal(stop);
        if (stillWaiting > most) await this.evict(most);
        stillWaiting = await this.waiting.count();
      }
      this.metrics.waiting(stillWaiting);
      return stillWaiting;
    } catch (error) {
      this.sweptAt = -Infinity; // offers of the meantime are recent no longer
      this.metrics.failed(faultOf(error));
      this.log.healingFailed(error);
      return 1;
    }
  }

  private async heal(stop: AbortSignal): Promise<void> {
    const now = Date.now();
    const isSweep = now - this.sweptAt >= SWEEP_EVERY_MS;
    let limit = AT_ONCE;
    let more = true;
    while (more && !stop.aborted) {
      try {
        const healed = await this.healSome(limit, isSweep ? EVER : RECENTLY);
        more = healed === limit;
        limit = Math.min(AT_ONCE, limit * 2);
      } catch (error) {
        if (!this.isAboutRows(error)) throw error;
        if (limit === 1) await this.giveUp(error);
        limit = Math.max(1, Math.trunc(limit / 4)); // the oldest come first: closes in on the bad one
      }
    }
    if (isSweep) this.sweptAt = now;
  }

  private async healSome(limit: number, interval: string): Promise<number> {
    const { taken, tallies, failures } = await this.waiting.heal(limit, interval);
    this.unknowns = 0;
    this.afterCommit.report({ tallies, failures });
    return taken;
  }

  private isAboutRows(error: unknown): error is HealingError {
    if (!(error instanceof HealingError)) return false;
    const fault = faultOf(error);
    if (fault === 'this-row') return true;
    if (fault !== 'unknown' && fault !== 'duplicate') return false;
    this.unknowns += 1;
    return this.unknowns >= UNKNOWN_TRIES;
  }

  private async giveUp({ ids: [id], records: [record], cause }: HealingError): Promise<void> {
    if (id === undefined || record === undefined) return;
    const error = new NotStorableError('PostgreSQL refuses the row', sqlstateOf(cause), { cause });
    await this.waiting.giveUp(id, error);
    this.unknowns = 0;
    this.afterCommit.report({ failures: [{ record, error }] });
  }

  private async evict(most: number): Promise<void> {
    const error = new NotStorableError('too many events wait for their offer', null);
    const gone = await this.waiting.evict(most, EVICTED_AT_ONCE);
    this.afterCommit.report({ failures: gone.map((record) => ({ record, error })) });
  }
}
