import { LRUCache } from 'lru-cache';
import { CannotTellError, type Offer } from './offer.js';

/** A front end is never held up longer than this by an offer. */
const ANSWER_WITHIN_MS = 50;
/** Past this an answer is dropped: it may be older than what a poll has read since. */
const FRESH_FOR_MS = 1000;
const MOST_WAITING = 1000;
const ABSENT = { max: 10_000, ttl: 1000 };

interface Waiter {
  readonly answer: Promise<Offer | null>;
  readonly resolve: (offer: Offer | null) => void;
  readonly reject: (error: CannotTellError) => void;
  asked: boolean;
}

type Read = (offerIds: readonly string[]) => Promise<ReadonlyMap<string, Offer>>;

/**
 * Asks the database for offers that memory does not hold: one query at a time for all that wait,
 * a bounded number of them. What is not there is remembered for a second.
 */
export class OfferMisses {
  private readonly waiters = new Map<string, Waiter>();
  private readonly absent = new LRUCache<string, true>(ABSENT);
  private asking = false;

  constructor(
    private readonly read: Read,
    private readonly found: (offerId: string, offer: Offer) => void,
  ) {}

  /** Whether the database said a moment ago that there is no such offer. */
  isAbsent(offerId: string): boolean {
    return this.absent.has(offerId);
  }

  /** Offers have changed: what was absent may be there now. */
  forget(): void {
    this.absent.clear();
  }

  /** Whether this one is absent still is to be asked. */
  forgetOne(offerId: string): void {
    this.absent.delete(offerId);
  }

  /** Rejects with a CannotTellError when the answer is not there in 50 ms, or cannot be had. */
  ask(offerId: string): Promise<Offer | null> {
    // PostgreSQL stores no NUL, and refuses the whole question where one id has it.
    if (offerId.includes('\0')) return Promise.resolve(null);
    const waiter = this.waiters.get(offerId);
    if (waiter !== undefined) return waiter.answer;
    if (this.waiters.size >= MOST_WAITING) {
      return Promise.reject(new CannotTellError('too many offers are being asked for'));
    }
    return this.wait(offerId);
  }

  private wait(offerId: string): Promise<Offer | null> {
    const waiter = this.waiterFor(offerId);
    this.waiters.set(offerId, waiter);
    if (!this.asking) void this.askForAll();
    return waiter.answer;
  }

  private waiterFor(offerId: string): Waiter {
    let resolve!: Waiter['resolve'];
    let reject!: Waiter['reject'];
    const answer = new Promise<Offer | null>((kept, broken) => {
      resolve = kept;
      reject = broken;
    });
    const timer = setTimeout(
      () => this.fail([offerId], new CannotTellError('the database is slow to answer')),
      ANSWER_WITHIN_MS,
    );
    const settle = <Value>(then: (value: Value) => void) => {
      return (value: Value): void => {
        clearTimeout(timer);
        this.waiters.delete(offerId);
        then(value);
      };
    };
    return { answer, resolve: settle(resolve), reject: settle(reject), asked: false };
  }

  private async askForAll(): Promise<void> {
    this.asking = true;
    await new Promise(setImmediate); // every request of this turn joins
    for (let ids = this.unasked(); ids.length > 0; ids = this.unasked()) await this.askFor(ids);
    this.asking = false;
  }

  private unasked(): string[] {
    const ids: string[] = [];
    for (const [offerId, waiter] of this.waiters) {
      if (!waiter.asked) ids.push(offerId);
      waiter.asked = true;
    }
    return ids;
  }

  private async askFor(offerIds: readonly string[]): Promise<void> {
    const askedAt = performance.now();
    try {
      const offers = await this.read(offerIds);
      if (performance.now() - askedAt > FRESH_FOR_MS) throw new Error('the answer came too late');
      for (const offerId of offerIds) this.answered(offerId, offers.get(offerId) ?? null);
    } catch (error) {
      this.fail(offerIds, new CannotTellError('the database cannot be asked', { cause: error }));
    }
  }

  /** An answer that came too late for its request still serves the next. */
  private answered(offerId: string, offer: Offer | null): void {
    if (offer === null) this.absent.set(offerId, true);
    else this.found(offerId, offer);
    this.waiters.get(offerId)?.resolve(offer);
  }

  private fail(offerIds: readonly string[], error: CannotTellError): void {
    for (const offerId of offerIds) this.waiters.get(offerId)?.reject(error);
  }
}
