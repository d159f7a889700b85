import {
  TRACKING_EVENT_EXAMPLES,
  TrackingEventDto,
  trackingEventTraits,
  TrackingLog,
} from '#libs/contracts';
import {
  type HearsRefusals,
  IngestionEndpoint,
  type Outcome,
  type Receipt,
  type Refused,
} from '#libs/platform';
import { Controller } from '@nestjs/common';
import { EventKeeper } from '../event-keeper.js';
import { Refusals } from '../refusals.js';

const MOST_IN_A_BATCH = 500;

@Controller()
export class TrackingController implements HearsRefusals {
  constructor(
    private readonly keeper: EventKeeper,
    private readonly refusals: Refusals,
    private readonly log: TrackingLog,
  ) {}

  @IngestionEndpoint<TrackingEventDto>({
    name: 'tracking',
    paths: ['events/tracking'],
    batch: { path: 'events/tracking/batch', most: () => MOST_IN_A_BATCH },
    contract: TrackingEventDto,
    summary: 'Record a page view or an event of a cockpit',
    description:
      'For front ends: no key, any origin, `fetch` or `sendBeacon` with a JSON blob. 204 means that ' +
      'the event survives a crash of this server. What is required depends on `eventType`.',
    examples: TRACKING_EVENT_EXAMPLES,
    bodyLimit: 51_200,
    caller: 'none',
    cors: { headers: ['content-type'] },
    traits: trackingEventTraits,
    answers: { kept: { status: 204 }, lost: { status: 202 } },
  })
  record(event: TrackingEventDto, receipt: Receipt): Promise<Outcome> {
    const record = { kind: 'event', contract: 'tracking', event, receipt, offer: null } as const;
    return this.keeper.keep(record, this.log, event.eventId);
  }

  refused(refused: Refused): void {
    this.log.invalid(refused);
    this.refusals.keep('tracking', refused);
  }
}
