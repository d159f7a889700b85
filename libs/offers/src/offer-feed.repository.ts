import { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { Offer } from './offer.js';
import { CHANGED_OFFERS, LIVE_OFFERS, MARK, OFFERS_BY_ID } from './offer-feed.sql.js';
import { rangeOf } from './prefix-range.js';
import { SharedTexts } from './shared-texts.js';

/** Where the database stood at one moment. Times are text: a Date would cut their microseconds. */
export interface Mark {
  /** A little before the moment, by the database's clock. */
  readonly at: string;
  /** As long before it as late commits are waited for. */
  readonly longBefore: string;
  /** The oldest transaction still running. */
  readonly oldestRunning: string;
  /** The transaction that would begin next. */
  readonly next: string;
}

/** An offer as it was changed; null: it was deleted. */
export interface OfferChange {
  readonly offerId: string;
  readonly offer: Offer | null;
}

interface OfferRow {
  readonly offer_id: string;
  readonly product_id: string;
  readonly producer_id: string;
}

interface LiveRow extends OfferRow {
  readonly deleted: boolean;
}

interface ChangedRow extends LiveRow {
  readonly changed_at: string;
}

/** Reading a page takes about a millisecond: a request waits for a few of them. */
const PAGE = 500;

/** What the directory reads of the offers: all, the changed ones, or a few by id. */
@Injectable()
export class OfferFeed {
  private readonly texts = new SharedTexts();

  constructor(private readonly database: Database) {}

  async mark(): Promise<Mark> {
    const rows = await this.database.query<Mark>(MARK);
    return rows[0]!;
  }

  /** Every offer that is not deleted, or those with a prefix, by id, in pages. */
  async *live(prefix = ''): AsyncGenerator<readonly OfferChange[], void> {
    const { from, before } = rangeOf(prefix);
    let last = '';
    for (;;) {
      const parameters = [last, from, before, PAGE];
      const rows = await this.database.query<LiveRow>(LIVE_OFFERS, parameters);
      yield rows
        .filter(({ deleted }) => !deleted)
        .map((row) => ({ offerId: row.offer_id, offer: this.offerOf(row) }));
      if (rows.length < PAGE) return;
      last = rows.at(-1)!.offer_id;
    }
  }

  /** Everything changed since then, in pages, the oldest change first. */
  async *changedSince(since: string): AsyncGenerator<readonly OfferChange[], void> {
    let last: readonly [string, string] = [since, ''];
    for (;;) {
      const rows = await this.database.query<ChangedRow>(CHANGED_OFFERS, [...last, PAGE]);
      yield rows.map((row) => ({
        offerId: row.offer_id,
        offer: row.deleted ? null : this.offerOf(row),
      }));
      if (rows.length < PAGE) return;
      last = [rows.at(-1)!.changed_at, rows.at(-1)!.offer_id];
    }
  }

  /** Those of the named offers that exist. */
  async named(offerIds: readonly string[]): Promise<ReadonlyMap<string, Offer>> {
    const rows = await this.database.query<OfferRow>(OFFERS_BY_ID, [offerIds]);
    return new Map(rows.map((row) => [row.offer_id, this.offerOf(row)]));
  }

  private offerOf(row: OfferRow): Offer {
    return {
      productId: this.texts.of(row.product_id),
      producerId: this.texts.of(row.producer_id),
    };
  }
}
