import type { ListOffersQuery, OfferPage, OfferView, PutOfferDto } from '#libs/contracts';
import { Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { afterCursor, cursorOf } from './cursor.js';
import { DELETE_OFFER, GET_OFFER, LIST_OFFERS, PUT_OFFER } from './offers.sql.js';
import { rangeOf } from './prefix-range.js';

type Row = Omit<OfferView, 'createdAt' | 'updatedAt'> & {
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export interface PutResult {
  readonly offer: OfferView;
  /** It was unknown, or deleted, before. */
  readonly isNew: boolean;
}

/** The catalogue of offers, as administrators see it: from the database, not from memory. */
@Injectable()
export class OffersRepository {
  constructor(private readonly database: Database) {}

  async put(offerId: string, { productId, producerId }: PutOfferDto): Promise<PutResult> {
    const rows = await this.database.query<Row & { readonly isNew: boolean }>(PUT_OFFER, [
      offerId,
      productId,
      producerId,
    ]);
    const { isNew, ...row } = rows[0]!;
    return { offer: viewOf(row), isNew };
  }

  async find(offerId: string): Promise<OfferView | null> {
    const [row] = await this.database.query<Row>(GET_OFFER, [offerId]);
    return row === undefined ? null : viewOf(row);
  }

  /** False where there is no such offer. */
  async remove(offerId: string): Promise<boolean> {
    return (await this.database.query(DELETE_OFFER, [offerId])).length > 0;
  }

  /** @throws ContractBreachError for a cursor that is none of ours. */
  async list({ limit, cursor, prefix = '' }: ListOffersQuery): Promise<OfferPage> {
    const { from, before } = rangeOf(prefix);
    const parameters = [afterCursor(cursor), from, before, limit + 1];
    const rows = await this.database.query<Row>(LIST_OFFERS, parameters);
    const items = rows.slice(0, limit).map(viewOf);
    return { items, nextCursor: rows.length > limit ? cursorOf(items.at(-1)!.offerId) : null };
  }
}

const viewOf = (row: Row): OfferView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
