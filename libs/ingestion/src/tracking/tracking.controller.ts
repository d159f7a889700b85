import {
  TRACKING_BATCH_EXAMPLE,
  TRACKING_EVENT_EXAMPLES,
  TrackingEventDto,
  trackingEventTraits,
  TrackingLog,
} from '#libs/contracts';
import {
  type Caller,
  type HearsRefusals,
  IngestionEndpoint,
  type Outcome,
  type Receipt,
  type Refused,
} from '#libs/platform';
import { Controller } from '@nestjs/common';
import { LOST_ON_THE_WAY } from '../door.guide.js';
import { EventKeeper } from '../event-keeper.js';
import { Refusals } from '../refusals.js';
import { trackingBatchGuide, trackingGuide } from './tracking.guide.js';

const MOST_IN_A_BATCH = 500;
const BODY_LIMIT = 51_200;

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
    batch: {
      path: 'events/tracking/batch',
      most: () => MOST_IN_A_BATCH,
      description: trackingBatchGuide(MOST_IN_A_BATCH, BODY_LIMIT),
      example: TRACKING_BATCH_EXAMPLE,
    },
    contract: TrackingEventDto,
    summary: 'Record a page view or an event of a cockpit',
    description: trackingGuide(BODY_LIMIT),
    examples: TRACKING_EVENT_EXAMPLES,
    bodyLimit: BODY_LIMIT,
    caller: 'none',
    cors: { headers: ['content-type'] },
    traits: trackingEventTraits,
    answers: { kept: { status: 204 }, lost: { status: 202, description: LOST_ON_THE_WAY } },
  })
  record(
    event: TrackingEventDto,
    receipt: Receipt,
    _caller?: Caller,
    sent?: Uint8Array,
  ): Promise<Outcome> {
    const record = { kind: 'event', contract: 'tracking', event, receipt, offer: null } as const;
    return this.keeper.keep(record, this.log, event.eventId, sent);
  }

  refused(refused: Refused): void {
    this.log.invalid(refused);
    this.refusals.keep('tracking', refused);
  }
}
