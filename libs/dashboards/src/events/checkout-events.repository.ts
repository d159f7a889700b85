import type { CheckoutEventView, EventFate, ListCheckoutEventsQuery } from '#libs/contracts';
import { Database } from '#libs/database';
import type { Position } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { LIST_CHECKOUT_EVENTS, RECEIPTS_OF_CHECKOUT_EVENT } from './checkout-events.sql.js';

const DAY_MS = 86_400_000;

/** How far back to look for the newest events, in days, until enough are found. Null: everything. */
const SPANS = [1, 7, 60, null] as const;

export type StoredCheckoutEvent = Omit<CheckoutEventView, 'timestamp' | 'receivedAt'> & {
  readonly timestamp: Date;
  readonly receivedAt: Date;
};

/** One thing that is known of an event id. */
export interface Trace {
  readonly state: EventFate;
  readonly receivedAt: Date;
  readonly storedAt: Date | null;
  readonly eventTime: Date | null;
  readonly reason: string | null;
}

@Injectable()
export class CheckoutEventsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Newest first, after `position`. Without a session, an offer or a beginning the newest days are
   * read first: most partitions are then never opened. No event is older than 1970.
   */
  async newest(
    query: ListCheckoutEventsQuery,
    position: Position | null,
    limit: number,
  ): Promise<StoredCheckoutEvent[]> {
    const { sessionId, offerId, from, to } = query;
    if (sessionId ?? offerId ?? from) return this.list(query, position, limit, from ?? null);
    const end = Math.min(position ? +position.time : Infinity, to ? +new Date(to) : Date.now());
    for (const days of SPANS) {
      const start = days === null ? null : new Date(Math.max(0, end - days * DAY_MS)).toISOString();
      const rows = await this.list(query, position, limit, start);
      if (rows.length === limit || start === null) return rows;
    }
    return [];
  }

  traces(eventId: string): Promise<Trace[]> {
    return this.database.query<Trace>(RECEIPTS_OF_CHECKOUT_EVENT, [eventId]);
  }

  private list(
    { sessionId, offerId, to }: ListCheckoutEventsQuery,
    position: Position | null,
    limit: number,
    from: string | null,
  ): Promise<StoredCheckoutEvent[]> {
    return this.database.query<StoredCheckoutEvent>(LIST_CHECKOUT_EVENTS, [
      sessionId ?? null,
      offerId ?? null,
      from,
      to ?? null,
      position?.time ?? null,
      position?.id ?? null,
      limit,
    ]);
  }
}
