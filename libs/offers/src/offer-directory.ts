import { Database, FreshCopy } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { LateCommits } from './late-commits.js';
import { CannotTellError, type Offer } from './offer.js';
import { type OfferChange, OfferFeed } from './offer-feed.repository.js';
import { OfferMisses } from './offer-misses.js';
import { OffersMetrics } from './offers.metrics.js';

const CHANNEL = 'footfall_offers';
const POLL_EVERY_MS = 1000;
/** Finds what polls cannot see: rows deleted by hand, or committed long after they were written. */
const RELOAD_EVERY_MS = 10 * 60_000;

type Offers = Map<string, Offer>;

/**
 * Says which product and producer an offer stands for, from memory, with three answers: found, no
 * such offer, cannot tell. Each process learns within two seconds what another one changed.
 */
@Injectable()
export class OfferDirectory {
  private offers: Offers = new Map();
  private lateCommits: LateCommits | null = null;
  private reloadAt = 0;
  private polledAt = 0;
  private readonly misses: OfferMisses;
  private readonly copy: FreshCopy;

  constructor(
    database: Database,
    private readonly feed: OfferFeed,
    private readonly metrics: OffersMetrics,
  ) {
    this.misses = new OfferMisses(
      (offerIds) => feed.named(offerIds),
      (offerId, offer) => this.offers.set(offerId, offer),
    );
    this.copy = new FreshCopy(database, {
      channel: CHANNEL,
      everyMs: POLL_EVERY_MS,
      refresh: (stop) => this.refresh(stop),
    });
  }

  /** Loads in the background, as soon as the database is ready, and keeps what was loaded fresh. */
  start(): void {
    this.copy.start();
  }

  /** Ends the background work; does not wait long for a database that hangs. */
  stop(): Promise<void> {
    return this.copy.stop();
  }

  /** Whether all offers have been loaded once: until then an unknown one is "cannot tell". */
  get isLoaded(): boolean {
    return this.lateCommits !== null;
  }

  /**
   * Answers at once what memory holds, and null for "no such offer"; a promise where the database
   * is asked. Never throws at once: "cannot tell" is a promise that rejects with CannotTellError.
   */
  find(offerId: string): Offer | null | Promise<Offer | null> {
    const offer = this.offers.get(offerId);
    if (offer !== undefined) {
      this.metrics.found.inc();
      return offer;
    }
    if (this.isLoaded && this.misses.isAbsent(offerId)) {
      this.metrics.none.inc();
      return null;
    }
    return this.ask(offerId);
  }

  /** As `find`, but for "no such offer" the database is always asked: it may just have been put. */
  findAnew(offerId: string): Offer | null | Promise<Offer | null> {
    this.misses.forgetOne(offerId);
    return this.find(offerId);
  }

  private async ask(offerId: string): Promise<Offer | null> {
    try {
      if (!this.isLoaded) throw new CannotTellError('offers are not loaded yet');
      const offer = await this.misses.ask(offerId);
      (offer === null ? this.metrics.none : this.metrics.found).inc();
      return offer;
    } catch (error) {
      this.metrics.cannotTell.inc();
      throw error;
    }
  }

  private async refresh(stop: AbortSignal): Promise<void> {
    try {
      if (this.lateCommits === null || Date.now() >= this.reloadAt) await this.reload(stop);
      else await this.poll(this.offers, this.lateCommits);
    } catch (error) {
      this.reloadAt = 0; // whoever comes back may not be who went away
      throw error;
    } finally {
      this.metrics.loaded.set(this.offers.size);
    }
  }

  /** Polls go on while it reads; the first load fills what is looked up, page by page. */
  private async reload(stop: AbortSignal): Promise<void> {
    const mark = await this.feed.mark();
    const offers: Offers = new Map();
    if (this.lateCommits === null) this.offers = offers;
    const lateCommits = new LateCommits(mark);
    for await (const page of this.feed.live()) {
      stop.throwIfAborted();
      apply(page, offers, this.offers);
      await this.pollInBetween();
    }
    await this.poll(offers, lateCommits);
    this.offers = offers;
    this.lateCommits = lateCommits;
    this.reloadAt = Date.now() + RELOAD_EVERY_MS;
  }

  private async pollInBetween(): Promise<void> {
    if (this.lateCommits === null || Date.now() - this.polledAt < POLL_EVERY_MS) return;
    await this.poll(this.offers, this.lateCommits);
  }

  private async poll(offers: Offers, lateCommits: LateCommits): Promise<void> {
    this.polledAt = Date.now();
    const mark = await this.feed.mark();
    for await (const page of this.feed.changedSince(lateCommits.since)) {
      if (page.length > 0) this.misses.forget();
      apply(page, offers, offers);
    }
    lateCommits.read(mark);
  }
}

/** An offer that is known as it is stays the same object: a reload of a million makes no garbage. */
function apply(changes: readonly OfferChange[], offers: Offers, known: Offers): void {
  for (const { offerId, offer } of changes) {
    if (offer === null) offers.delete(offerId);
    else offers.set(offerId, same(known.get(offerId), offer));
  }
}

const same = (known: Offer | undefined, offer: Offer): Offer =>
  known?.productId === offer.productId && known.producerId === offer.producerId ? known : offer;
