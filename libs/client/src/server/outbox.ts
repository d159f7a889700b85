import type { Address } from './address.js';
import { Door, type DoorOptions } from './door.js';
import { exitGuard } from './exit-guard.js';
import { FootfallError, nameOf, togetherAsOne } from './footfall-error.js';
import type { CloseOptions, FlushOptions, Listeners, SendOptions, Settings } from './options.js';
import { type Fate, Parcel, type Receipt } from './parcel.js';
import { abortion, Room } from './room.js';
import { Transport } from './transport.js';
import { awaited } from './waiting.js';

export type Contract = 'commerce' | 'checkout' | 'tracking' | 'analytics';

/** One commerce event alone goes the way of the Go client. */
const PATHS: Readonly<Record<Contract, Pick<DoorOptions, 'path' | 'pathOfOne'>>> = {
  commerce: { path: '/events/batch', pathOfOne: '/event' },
  checkout: { path: '/events/checkout/batch' },
  tracking: { path: '/events/tracking/batch' },
  analytics: { path: '/events/analytics/batch' },
};

/** Most errors that wait for a `flush` to tell them; `onDropped` has heard them all. */
const MOST_UNTOLD = 1000;

const isError = (fate: Fate): fate is FootfallError => fate instanceof FootfallError;

/** Holds events until Footfall has acknowledged them. */
export class Outbox {
  private readonly transport: Transport;
  private readonly room: Room;
  private readonly doors: Readonly<Record<Contract, Door>>;
  /** Given, and not settled. */
  private readonly held = new Set<Parcel>();
  /** Refused, and nobody but `onDropped` knows. */
  private readonly untold = new Set<FootfallError>();
  private closing: Promise<void> | undefined;

  constructor(
    address: Address,
    private readonly settings: Settings,
    private readonly listeners: Listeners,
  ) {
    this.transport = new Transport(address, settings.timeoutMs);
    this.room = new Room(settings.maxQueued, settings.maxWaitMs);
    this.doors = {
      commerce: this.door('commerce'),
      checkout: this.door('checkout'),
      tracking: this.door('tracking'),
      analytics: this.door('analytics'),
    };
  }

  get size(): number {
    return this.held.size;
  }

  /** Answers Footfall's receipt where the call waits for it, else null. */
  async give(
    contract: Contract,
    make: () => object,
    options: SendOptions,
  ): Promise<Receipt | null> {
    const { signal } = options;
    const parcel = this.admitted(make, signal);
    await this.enter(parcel, contract, signal);
    if (options.until !== 'kept') return null;
    const fate = await awaited(parcel.settled, signal);
    if (!isError(fate)) return fate;
    this.untold.delete(fate); // now it is told
    throw fate;
  }

  async flush({ signal }: FlushOptions): Promise<void> {
    const untold = [...this.untold];
    const fates = Promise.all(Array.from(this.held, ({ settled }) => settled));
    for (const door of Object.values(this.doors)) door.hasten();
    const errors = [...untold, ...(await awaited(fates, signal)).filter(isError)];
    for (const error of errors) this.untold.delete(error);
    const [first, ...others] = errors;
    if (first) throw togetherAsOne([first, ...others]);
  }

  close(options: CloseOptions = {}): Promise<void> {
    this.closing ??= this.shut(options);
    this.closing.catch(() => undefined); // `onDropped` hears of it
    return this.closing;
  }

  /** @throws FootfallError where the event cannot be taken at all. */
  private admitted(make: () => object, signal: AbortSignal | undefined): Parcel {
    try {
      const parcel = parcelOf(make);
      const { event } = parcel;
      if (this.closing) throw new FootfallError('closed', 'The client is closed', { event });
      if (signal?.aborted) throw abortion(signal, event);
      return parcel;
    } catch (error) {
      this.dropped(error as FootfallError);
      throw error;
    }
  }

  private async enter(
    parcel: Parcel,
    contract: Contract,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const door = this.doors[contract];
    this.hold(parcel);
    try {
      await this.room.enter({ signal, event: parcel.event, trouble: () => door.trouble });
    } catch (error) {
      parcel.settle(error as FootfallError);
      throw error;
    }
    void parcel.settled.then((fate) => this.left(fate));
    if (!parcel.isSettled) door.add(parcel);
  }

  private hold(parcel: Parcel): void {
    this.held.add(parcel);
    exitGuard.holds(this);
    void parcel.settled.then((fate) => this.released(parcel, fate));
  }

  private released(parcel: Parcel, fate: Fate): void {
    this.held.delete(parcel);
    if (this.held.size === 0) exitGuard.isEmpty(this);
    if (isError(fate)) this.dropped(fate);
  }

  private left(fate: Fate): void {
    this.room.leave();
    if (!isError(fate)) return;
    const [oldest] = this.untold;
    if (oldest && this.untold.size >= MOST_UNTOLD) this.untold.delete(oldest);
    this.untold.add(fate);
  }

  private dropped(error: FootfallError): void {
    unharmed(() => this.listeners.onDropped(error));
  }

  private retried(trouble: unknown, events: number): void {
    unharmed(() => this.listeners.onRetry(trouble, events));
  }

  private async shut({ signal, timeoutMs }: CloseOptions): Promise<void> {
    const giveUp = (): void => this.giveUp();
    const deadline = setTimeout(giveUp, timeoutMs ?? this.settings.closeTimeoutMs);
    signal?.addEventListener('abort', giveUp);
    for (const door of Object.values(this.doors)) door.hurry();
    const flushed = this.flush({});
    if (signal?.aborted) giveUp();
    try {
      await flushed;
    } finally {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', giveUp);
      this.transport.close();
    }
  }

  private giveUp(): void {
    for (const door of Object.values(this.doors)) door.giveUp();
    this.room.refuseAll((event) => undelivered(event));
    for (const parcel of this.held) parcel.settle(undelivered(parcel.event, parcel.trouble));
    this.transport.close();
  }

  private door(contract: Contract): Door {
    const { batchSize: mostInBatch, lingerMs, maxRequests: mostRequests } = this.settings;
    const options = { ...PATHS[contract], mostInBatch, lingerMs, mostRequests };
    return new Door(this.transport, options, (...told) => this.retried(...told));
  }
}

/** A listener's fault must not cost events. */
function unharmed(tell: () => void): void {
  try {
    tell();
  } catch {
    // Theirs.
  }
}

function parcelOf(make: () => object): Parcel {
  try {
    return new Parcel(make());
  } catch (cause) {
    if (cause instanceof FootfallError) throw cause;
    throw new FootfallError('invalid', `cannot be read: ${String(cause)}`, { cause });
  }
}

function undelivered(event: object, trouble?: unknown): FootfallError {
  const message = `${nameOf(event)} was not acknowledged before the client was closed`;
  return new FootfallError('undelivered', message, { event, cause: trouble });
}
