import { randomUUID } from 'node:crypto';
import { type CommerceAdded, type CommerceEvent, CommerceLog, isEnvelope } from '#libs/contracts';
import type { Outcome, Receipt } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { EventKeeper } from '../event-keeper.js';

/** Commerce events of both spellings, from every transport, into the event log. */
@Injectable()
export class CommerceIngestion {
  constructor(
    private readonly keeper: EventKeeper,
    private readonly log: CommerceLog,
  ) {}

  /** A failure of ours is answered as `lost`: a back end can send money again. */
  record(
    event: CommerceEvent,
    receipt: Receipt,
    { wire, transport }: Pick<CommerceAdded, 'wire' | 'transport'>,
  ): Promise<Outcome> {
    const added: CommerceAdded = { wire, transport, once: randomUUID() };
    const record = {
      kind: 'event',
      contract: 'commerce',
      event,
      receipt,
      offer: null,
      added,
    } as const;
    const eventId = isEnvelope(event) ? event.id : event.event_id;
    return this.keeper.keep(record, this.log, eventId);
  }
}
