import { type AnalyticsAdded, type AnalyticsEventDto, AnalyticsLog } from '#libs/contracts';
import { type Caller, NotAllowedError, type Outcome, type Receipt } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { EventKeeper } from '../event-keeper.js';
import { actorOf, asksNotToBeTracked, notAllowed, trustOf } from './sender.js';
import { uuidOfName, uuidOfTime } from './uuid.js';

const SKIPPED: Outcome = { verdict: 'skipped' };

@Injectable()
export class AnalyticsIngestion {
  constructor(
    private readonly keeper: EventKeeper,
    private readonly log: AnalyticsLog,
  ) {}

  /**
   * Records one event that keeps the contract, unless its sender asks not to be tracked. A failure
   * of ours is answered as `lost`: tracking never fails for our reasons.
   *
   * @throws NotAllowedError where the caller may not say what the event says.
   */
  async record(
    event: AnalyticsEventDto,
    receipt: Receipt,
    caller: Caller,
    sent?: Uint8Array,
  ): Promise<Outcome> {
    const breaches = notAllowed(event, caller);
    if (breaches.length > 0) throw new NotAllowedError(breaches);
    if (asksNotToBeTracked(receipt, caller)) return SKIPPED;
    const added = addedTo(event, receipt, caller);
    const { eventId } = added;
    const record = {
      kind: 'event',
      contract: 'analytics',
      event,
      receipt,
      offer: null,
      added,
    } as const;
    const outcome = await this.keeper.keep(record, this.log, eventId, sent);
    return outcome.verdict === 'kept' ? { verdict: 'kept', eventId } : outcome;
  }
}

function addedTo(event: AnalyticsEventDto, receipt: Receipt, caller: Caller): AnalyticsAdded {
  const trust = trustOf(caller);
  const idempotencyKey = event.idempotencyKey ? `${trust}:${event.idempotencyKey}` : null;
  const eventId =
    idempotencyKey === null ? uuidOfTime(receipt.receivedAt) : uuidOfName(idempotencyKey);
  const { actorType, actorId } = actorOf(event, caller);
  return { eventId, idempotencyKey, trust, actorType, actorId };
}
