import {
  COLLECTOR_BATCH_EXAMPLE,
  COLLECTOR_EVENT_EXAMPLES,
  CollectorEventDto,
  collectorEventTraits,
  CommerceLog,
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
import { Refusals } from '../refusals.js';
import { collectorBatchGuide, collectorGuide } from './commerce.guide.js';
import { COMMERCE_DOOR, MOST_IN_A_BATCH } from './commerce-door.js';
import { CommerceIngestion } from './commerce-ingestion.js';

/**
 * The doors of the HTTP client of commerce back ends, under every path that it builds: it puts
 * `/event` behind its endpoint as it stands, so that two slashes meet.
 */
@Controller()
export class CollectorController implements HearsRefusals {
  constructor(
    private readonly ingestion: CommerceIngestion,
    private readonly refusals: Refusals,
    private readonly log: CommerceLog,
  ) {}

  @IngestionEndpoint<CollectorEventDto>({
    ...COMMERCE_DOOR,
    name: 'commerce',
    paths: ['event', 'events', 'v1/analytics/event', 'v1/analytics/events'],
    batch: {
      path: 'events/batch',
      most: () => MOST_IN_A_BATCH,
      description: collectorBatchGuide(MOST_IN_A_BATCH, COMMERCE_DOOR.bodyLimit),
      example: COLLECTOR_BATCH_EXAMPLE,
    },
    aliases: ['/event', '/events', 'v1/analytics//event', 'v1/analytics//events'],
    contract: CollectorEventDto,
    summary: 'Record a commerce event, as the HTTP client sends it',
    description: collectorGuide(COMMERCE_DOOR.bodyLimit),
    examples: COLLECTOR_EVENT_EXAMPLES,
    traits: collectorEventTraits,
  })
  record(
    event: CollectorEventDto,
    receipt: Receipt,
    caller: Caller,
    sent?: Uint8Array,
  ): Promise<Outcome> {
    return this.ingestion.record(event, receipt, { wire: 'collector', caller, sent });
  }

  refused(refused: Refused): void {
    this.log.invalid(refused);
    this.refusals.keep('commerce', refused);
  }
}
