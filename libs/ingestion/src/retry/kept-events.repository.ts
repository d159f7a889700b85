import type { RejectedEventFilter, RejectedEventState } from '#libs/contracts';
import { Database } from '#libs/database';
import type { Position } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import type { KeptEvent } from './kept-event.js';
import { KEPT_EVENTS, KEPT_EVENTS_BY_ID } from './kept-events.sql.js';

/** The states that a retry can help. */
const RETRYABLE_STATES: readonly RejectedEventState[] = ['refused', 'rejected'];

/** Reads `rejected_events`; only the event writer writes it. */
@Injectable()
export class KeptEventsRepository {
  constructor(private readonly database: Database) {}

  /** Those that exist, in any order. */
  withIds(ids: readonly string[]): Promise<KeptEvent[]> {
    return this.database.query<KeptEvent>(KEPT_EVENTS_BY_ID, [ids]);
  }

  /** Oldest receipt first, after `position`. */
  matching(
    { state, reason, contract, offerId, eventId, from, to }: RejectedEventFilter,
    position: Position | null,
    limit: number,
  ): Promise<KeptEvent[]> {
    return this.database.query<KeptEvent>(KEPT_EVENTS, [
      state ? [state] : RETRYABLE_STATES,
      reason ?? null,
      contract ?? null,
      offerId ?? null,
      eventId ?? null,
      from ?? null,
      to ?? null,
      position?.time ?? null,
      position?.id ?? null,
      limit,
    ]);
  }
}
