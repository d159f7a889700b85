import type { ContractLog } from '#libs/contracts';
import { type AcceptedEvent, EventLog } from '#libs/event-log';
import { KEPT, LOST, type Outcome } from '#libs/platform';
import { Injectable } from '@nestjs/common';

/** An event on its way into the log. */
type Keepable<Event extends object> = AcceptedEvent & { readonly event: Event };

/** Puts what kept its contract into the event log: the same for every contract. */
@Injectable()
export class EventKeeper {
  constructor(private readonly eventLog: EventLog) {}

  /**
   * A failure of ours is logged and answered as `lost`, never thrown: no sender is disturbed by its
   * own telemetry. `eventId` finds the event again, where it has an id; `sent` is
   * its own JSON, where that still says what it says.
   */
  keep<Event extends object>(
    record: Keepable<Event>,
    log: Pick<ContractLog<Event>, 'received' | 'persistFailed'>,
    eventId: string | undefined,
    sent?: Uint8Array,
  ): Promise<Outcome> {
    const { event, receipt } = record;
    return this.eventLog.append([record], [sent]).then(
      () => {
        log.received(event, receipt, eventId);
        return KEPT;
      },
      (error: unknown) => {
        log.persistFailed(eventId, error, receipt);
        return LOST;
      },
    );
  }
}
