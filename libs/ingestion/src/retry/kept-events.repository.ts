import type { RejectedEventFilter, RejectedEventState } from '#libs/contracts';
import { Database, filterValues } from '#libs/database';
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
    filter: RejectedEventFilter,
    position: Position | null,
    limit: number,
  ): Promise<KeptEvent[]> {
    return this.database.query<KeptEvent>(KEPT_EVENTS, [
      ...filterValues(filter),
      filter.state ? [filter.state] : RETRYABLE_STATES,
      position?.time ?? null,
      position?.id ?? null,
      limit,
    ]);
  }
}
