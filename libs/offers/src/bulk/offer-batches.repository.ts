import { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { Written } from './import-tally.js';
import { PUT_OFFERS } from './offer-batches.sql.js';
import type { OfferLine } from './offer-line.dto.js';

/** Writes offers, many with one statement. */
@Injectable()
export class OfferBatches {
  constructor(private readonly database: Database) {}

  /** No id may come twice. */
  async put(offers: readonly OfferLine[]): Promise<Written> {
    const rows = await this.database.query<Written>(PUT_OFFERS, [
      offers.map(({ offerId }) => offerId),
      offers.map(({ productId }) => productId),
      offers.map(({ producerId }) => producerId),
    ]);
    return rows[0]!;
  }
}
