import type {
  ListRejectedEventsQuery,
  RejectedEventCount,
  RejectedEventReason,
  RejectedEventState,
} from '#libs/contracts';
import { Database, filterValues } from '#libs/database';
import type { Breach, Position, Receipt } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { COUNT_REJECTED_EVENTS } from './count-rejected-events.sql.js';
import { GET_REJECTED_EVENT } from './get-rejected-event.sql.js';
import { LIST_REJECTED_EVENTS } from './list-rejected-events.sql.js';

/** A row without what was sent. */
export interface SetAside {
  readonly id: string;
  readonly contract: string;
  readonly state: RejectedEventState;
  readonly reason: RejectedEventReason;
  readonly eventId: string | null;
  readonly offerId: string | null;
  readonly sqlstate: string | null;
  readonly breaches: readonly Breach[];
  readonly receivedAt: Date;
  readonly createdAt: Date;
  readonly resolvedAt: Date | null;
  readonly attempts: number;
}

/** A row with all that was kept of it. */
export interface KeptAside extends SetAside {
  readonly raw: Buffer;
  readonly detail: string | null;
  /** Of a refusal; else `raw` holds it. */
  readonly receipt: Receipt | null;
}

@Injectable()
export class RejectedEventsRepository {
  constructor(private readonly database: Database) {}

  /** Newest receipt first, after `position`. */
  newest(
    query: ListRejectedEventsQuery,
    position: Position | null,
    limit: number,
  ): Promise<SetAside[]> {
    return this.database.query<SetAside>(LIST_REJECTED_EVENTS, [
      ...filterValues(query),
      query.state ?? null,
      position?.time ?? null,
      position?.id ?? null,
      limit,
    ]);
  }

  async find(id: string): Promise<KeptAside | null> {
    const [row] = await this.database.query<KeptAside>(GET_REJECTED_EVENT, [id]);
    return row ?? null;
  }

  /** From `start` until `end`, the end not included. */
  count(
    [start, end]: readonly [start: string, end: string],
    contract: string | null,
  ): Promise<RejectedEventCount[]> {
    return this.database.query<RejectedEventCount>(COUNT_REJECTED_EVENTS, [start, end, contract]);
  }
}
