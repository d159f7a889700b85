import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Database, DatabaseAwayError } from '#libs/database';
import { Metrics } from '#libs/platform';
import { Logger } from '@nestjs/common';
import { CannotTellError, type Offer } from './offer.js';
import { OfferDirectory } from './offer-directory.js';
import type { Mark, OfferChange, OfferFeed } from './offer-feed.repository.js';
import { OffersMetrics } from './offers.metrics.js';

const aMark: Mark = { at: '1', longBefore: '0', oldestRunning: '1', next: '1' };

const anOffer = (productId: string): Offer => ({ productId, producerId: 'producer-1' });

/** What the database holds, and whether it can be had. */
class FakeFeed implements Pick<OfferFeed, keyof OfferFeed> {
  readonly stored = new Map<string, Offer>();
  readonly changes: OfferChange[] = [];
  isAway = false;
  loads = 0;

  async mark(): Promise<Mark> {
    if (this.isAway) throw new DatabaseAwayError();
    return aMark;
  }

  async *live(): AsyncGenerator<readonly OfferChange[], void> {
    this.loads += 1;
    yield [...this.stored].map(([offerId, offer]) => ({ offerId, offer }));
  }

  async *changedSince(): AsyncGenerator<readonly OfferChange[], void> {
    yield this.changes;
  }

  async named(offerIds: readonly string[]): Promise<ReadonlyMap<string, Offer>> {
    if (this.isAway) throw new DatabaseAwayError();
    return new Map(
      offerIds.flatMap((id) => (this.stored.has(id) ? [[id, this.stored.get(id)!]] : [])),
    );
  }
}

describe('the offer directory', () => {
  let feed: FakeFeed;
  let metrics: Metrics;
  let directory: OfferDirectory;
  let warn: ReturnType<typeof jest.spyOn>;
  let becomeReady: () => void;
  let notify: () => void;

  beforeEach(() => {
    warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    jest.spyOn(Logger.prototype, 'log').mockReturnValue();
    feed = new FakeFeed();
    metrics = new Metrics();
    const ready = new Promise<void>((resolve) => (becomeReady = resolve));
    const listen = (_: string, heard: () => void): void => {
      notify = heard;
    };
    const database = { ready: () => ready, listen } as unknown as Database;
    directory = new OfferDirectory(database, feed as never, new OffersMetrics(metrics));
  });
  afterEach(async () => {
    await directory.stop();
    jest.restoreAllMocks();
  });

  async function started(): Promise<void> {
    directory.start();
    becomeReady();
    await until(() => directory.isLoaded);
  }

  it('cannot tell before offers are loaded, and never says so by throwing at once', async () => {
    directory.start();

    const answer = directory.find('offer-1');

    await expect(answer).rejects.toThrow(CannotTellError);
  });

  it('answers from memory at once', async () => {
    feed.stored.set('offer-1', anOffer('product-1'));
    await started();

    expect(directory.find('offer-1')).toEqual(anOffer('product-1'));
  });

  it('says that there is no such offer once the database says so, and then from memory', async () => {
    await started();

    const asked = directory.find('offer-1');
    await expect(asked).resolves.toBeNull();

    expect(directory.find('offer-1')).toBeNull();
  });

  it('keeps what a miss found', async () => {
    await started();
    feed.stored.set('offer-1', anOffer('product-1'));

    await directory.find('offer-1');

    expect(directory.find('offer-1')).toEqual(anOffer('product-1'));
  });

  it('learns a change and a deletion when it is told that offers changed', async () => {
    feed.stored.set('offer-1', anOffer('product-1'));
    feed.stored.set('offer-2', anOffer('product-1'));
    await started();

    feed.changes.push({ offerId: 'offer-1', offer: anOffer('product-2') });
    feed.changes.push({ offerId: 'offer-2', offer: null });
    feed.stored.delete('offer-2');
    notify();
    await until(() => directory.find('offer-1') !== null && product('offer-1') === 'product-2');

    await expect(directory.find('offer-2')).resolves.toBeNull();
  });

  it('forgets that an offer was absent as soon as offers change', async () => {
    await started();
    await directory.find('offer-1');

    feed.changes.push({ offerId: 'offer-2', offer: anOffer('product-2') });
    feed.stored.set('offer-1', anOffer('product-1'));
    notify();
    await until(() => product('offer-2') === 'product-2');

    await expect(directory.find('offer-1')).resolves.toEqual(anOffer('product-1'));
  });

  it('asks the database anew, though it said a moment ago that there is no such offer', async () => {
    await started();
    await directory.find('offer-1');
    feed.stored.set('offer-1', anOffer('product-1'));

    await expect(directory.findAnew('offer-1')).resolves.toEqual(anOffer('product-1'));
    expect(directory.find('offer-1')).toEqual(anOffer('product-1'));
  });

  it('goes on with what it knows while the database is away, and cannot tell of the rest', async () => {
    feed.stored.set('offer-1', anOffer('product-1'));
    await started();

    feed.isAway = true;

    expect(directory.find('offer-1')).toEqual(anOffer('product-1'));
    await expect(directory.find('offer-2')).rejects.toThrow(CannotTellError);
  });

  it('loads everything again when the database comes back', async () => {
    feed.stored.set('offer-1', anOffer('product-1'));
    await started();

    feed.isAway = true;
    notify();
    await until(() => warn.mock.calls.length > 0);
    feed.stored.delete('offer-1');
    feed.isAway = false;
    notify();
    await until(() => feed.loads === 2);

    await expect(directory.find('offer-1')).resolves.toBeNull();
  });

  it('counts its answers and the offers it holds', async () => {
    await expect(directory.find('offer-1')).rejects.toThrow(CannotTellError);
    feed.stored.set('offer-1', anOffer('product-1'));
    await started();
    await directory.find('offer-1');
    await directory.find('offer-2');
    await directory.find('offer-2');

    const figures = await metrics.registry.metrics();

    expect(figures).toContain('footfall_offer_lookups_total{answer="found"} 1');
    expect(figures).toContain('footfall_offer_lookups_total{answer="none"} 2');
    expect(figures).toContain('footfall_offer_lookups_total{answer="cannot_tell"} 1');
    expect(figures).toContain('footfall_offers_loaded 1');
  });

  it('stops while it still waits for the database', async () => {
    directory.start();

    await expect(directory.stop()).resolves.toBeUndefined();
  });

  const product = (offerId: string): string | null => {
    const offer = directory.find(offerId);
    if (offer instanceof Promise) {
      offer.catch(() => undefined);
      return null;
    }
    return offer?.productId ?? null;
  };
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
