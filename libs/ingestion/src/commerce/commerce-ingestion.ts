import { randomUUID } from 'node:crypto';
import { type CommerceAdded, type CommerceEvent, CommerceLog, isEnvelope } from '#libs/contracts';
import { type Caller, NotAllowedError, type Outcome, type Receipt } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { EventKeeper } from '../event-keeper.js';
import { cameInMessage } from '../nats/message-receipt.js';

/** On which way an event came. `caller` is null where the transport itself is trusted. */
interface Way extends Pick<CommerceAdded, 'wire'> {
  readonly caller: Caller | null;
  /** Its own JSON, where that still says what the event says. */
  readonly sent?: Uint8Array | undefined;
}

/** Commerce events of both spellings, from every transport, into the event log. */
@Injectable()
export class CommerceIngestion {
  constructor(
    private readonly keeper: EventKeeper,
    private readonly log: CommerceLog,
  ) {}

  /**
   * A failure of ours is answered as `lost`: a back end can send money again.
   *
   * @throws NotAllowedError where the caller is bound to another organization.
   */
  async record(
    event: CommerceEvent,
    receipt: Receipt,
    { wire, caller, sent }: Way,
  ): Promise<Outcome> {
    onlyOwn(event, caller?.owner);
    // The receipt knows: what was set aside from a message, comes again with a request.
    const transport = cameInMessage(receipt) ? 'nats' : 'http';
    const once = isEnvelope(event) ? null : randomUUID(); // an envelope always has a key of its own
    const added: CommerceAdded = { wire, transport, once };
    const record = {
      kind: 'event',
      contract: 'commerce',
      event,
      receipt,
      offer: null,
      added,
    } as const;
    const eventId = isEnvelope(event) ? event.id : event.event_id;
    return this.keeper.keep(record, this.log, eventId, sent);
  }
}

function onlyOwn({ organization_id: id = '' }: CommerceEvent, owner: Caller['owner']): void {
  if (owner === undefined || (owner.kind === 'organization' && owner.id === id)) return;
  const reason = 'is not the organization that the key is bound to';
  throw new NotAllowedError([{ field: 'organization_id', reason }], 'forbidden');
}
