import { EventLog, type EventRecord } from '#libs/event-log';

const AGAIN_MS = 20;

/** An event log in memory: hands over the same batch until it is taken, as the real one does. */
export class RedeliveringLog extends EventLog {
  private readonly records: EventRecord[] = [];
  private readonly waiters = new Set<() => void>();
  handedOver = 0;

  constructor(private readonly batchSize = 1000) {
    super();
  }

  /** Synchronously enough that what is appended in one call is one batch. */
  append(records: readonly EventRecord[]): Promise<void> {
    this.records.push(...records);
    this.changed();
    return Promise.resolve();
  }

  async consume(
    handler: (batch: readonly EventRecord[]) => Promise<void>,
    stop: AbortSignal,
  ): Promise<void> {
    stop.addEventListener('abort', () => this.changed(), { once: true });
    while (!stop.aborted) {
      if (this.records.length === 0) {
        await this.change();
        continue;
      }
      const batch = this.records.slice(0, this.batchSize);
      this.handedOver += 1;
      try {
        await handler(batch);
        this.records.splice(0, batch.length);
        this.changed();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  }

  /** Resolves once everything is taken. */
  async drained(): Promise<void> {
    while (this.records.length > 0) await this.change();
  }

  get length(): number {
    return this.records.length;
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.waiters.add(resolve));
  }

  private changed(): void {
    for (const resolve of this.waiters) resolve();
    this.waiters.clear();
  }
}
