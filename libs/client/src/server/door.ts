import { retryDelayMs } from '../retry.js';
import { judge, type Judgement } from './judge.js';
import type { Parcel } from './parcel.js';
import { Pauses } from './pauses.js';
import type { Transport } from './transport.js';

export interface DoorOptions {
  /** Takes an array. */
  readonly path: string;
  /** Takes one event, where there is a door for it; else one goes as an array of one. */
  readonly pathOfOne?: string;
  readonly mostInBatch: number;
  /** How long the first event waits for others. */
  readonly lingerMs: number;
  readonly mostRequests: number;
}

/** Of a whole batch, a little under what Footfall takes. */
const MOST_BYTES = 1_000_000;
const TOO_LARGE = 413;
/** Waits grow no further: what waits here is in memory only, and few servers wait. */
const TRIES_THAT_COUNT = 4;
const HURRIED_MS = 1000;

/**
 * The way to one of Footfall's doors: so many requests at a time, each with its events until all of
 * them are settled, however often that takes.
 */
export class Door {
  /** Why the last try did not succeed; undefined once one does. */
  trouble: unknown;
  private waiting: Parcel[] = [];
  private readonly pauses = new Pauses();
  private requests = 0;
  private isDue = false;
  private isHurried = false;
  private lingering: NodeJS.Timeout | undefined;

  constructor(
    private readonly transport: Transport,
    private readonly options: DoorOptions,
    private readonly onRetry: (trouble: unknown, events: number) => void,
  ) {}

  add(parcel: Parcel): void {
    this.waiting.push(parcel);
    this.pump();
  }

  /** Sends what waits for company. */
  hasten(): void {
    this.isDue = this.waiting.length > 0;
    this.pump();
  }

  /** From here on waits no longer than it must. */
  hurry(): void {
    this.isHurried = true;
    this.pauses.hurry();
    this.hasten();
  }

  /** Tries no more; the events are settled by whoever says so. */
  giveUp(): void {
    this.waiting = [];
    this.pauses.end();
  }

  private pump(): void {
    while (this.requests < this.options.mostRequests && this.isReady()) this.start(this.taken());
    if (this.waiting.length === 0) {
      this.isDue = false;
      clearTimeout(this.lingering);
      this.lingering = undefined;
    } else if (!this.isReady()) {
      this.lingering ??= setTimeout(() => this.linger(), this.options.lingerMs).unref();
    }
  }

  private linger(): void {
    this.lingering = undefined;
    this.hasten();
  }

  private isReady(): boolean {
    const { length } = this.waiting;
    const isWhole = length >= this.options.mostInBatch;
    return length > 0 && (isWhole || this.isDue || this.isHurried);
  }

  private taken(): Parcel[] {
    let bytes = 0;
    let count = 0;
    for (const parcel of this.waiting.slice(0, this.options.mostInBatch)) {
      bytes += parcel.bytes + 1;
      if (count > 0 && bytes > MOST_BYTES) break;
      count++;
    }
    return this.waiting.splice(0, count);
  }

  private start(parcels: readonly Parcel[]): void {
    this.requests++;
    void this.deliver(parcels).finally(() => {
      this.requests--;
      this.pump();
    });
  }

  private async deliver(parcels: readonly Parcel[]): Promise<void> {
    let left = parcels;
    for (let tries = 1; left.length > 0; tries++) {
      const { path, pathOfOne } = this.options;
      const isBatch = left.length > 1 || pathOfOne === undefined;
      const answer = await this.transport.post(isBatch ? path : pathOfOne, bodyOf(left, isBatch));
      if (answer.status === TOO_LARGE && left.length > 1) {
        await this.inHalves(left); // fewer may be sent without a key than with one
        return;
      }
      const judgement = judge(answer, left, isBatch);
      left = this.settle(left, judgement);
      if (left.length === 0) return;
      this.onRetry(judgement.trouble, left.length);
      await this.pause(tries, judgement.askedMs);
      left = left.filter(({ isSettled }) => !isSettled);
    }
  }

  private async inHalves(parcels: readonly Parcel[]): Promise<void> {
    const middle = Math.ceil(parcels.length / 2);
    await this.deliver(parcels.slice(0, middle));
    await this.deliver(parcels.slice(middle).filter(({ isSettled }) => !isSettled));
  }

  /** Answers which are to be sent again. */
  private settle(parcels: readonly Parcel[], { fates, trouble }: Judgement): Parcel[] {
    const again: Parcel[] = [];
    for (const [at, parcel] of parcels.entries()) {
      const fate = fates[at];
      if (fate) {
        parcel.settle(fate);
      } else if (!parcel.isSettled) {
        parcel.trouble = trouble;
        again.push(parcel);
      }
    }
    this.trouble = again.length > 0 ? trouble : undefined;
    return again;
  }

  private async pause(tries: number, askedMs = 0): Promise<void> {
    const ms = retryDelayMs(Math.min(tries, TRIES_THAT_COUNT));
    const chosen = this.isHurried ? Math.min(ms, HURRIED_MS) : ms;
    await this.pauses.wait(Math.max(askedMs, chosen), askedMs);
  }
}

function bodyOf(parcels: readonly Parcel[], isBatch: boolean): string {
  const json = parcels.map((parcel) => parcel.json).join(',');
  return isBatch ? `[${json}]` : json;
}
