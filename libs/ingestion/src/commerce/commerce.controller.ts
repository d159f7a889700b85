import {
  COMMERCE_BATCH_EXAMPLE,
  COMMERCE_EVENT_EXAMPLES,
  CommerceEventDto,
  commerceEventTraits,
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
import { envelopeBatchGuide, envelopeGuide } from './commerce.guide.js';
import { COMMERCE_DOOR, MOST_IN_A_BATCH } from './commerce-door.js';
import { CommerceIngestion } from './commerce-ingestion.js';

/** The door of envelopes: what the publisher sends over NATS may be posted as well. */
@Controller()
export class CommerceController implements HearsRefusals {
  constructor(
    private readonly ingestion: CommerceIngestion,
    private readonly refusals: Refusals,
    private readonly log: CommerceLog,
  ) {}

  @IngestionEndpoint<CommerceEventDto>({
    ...COMMERCE_DOOR,
    name: 'commerce',
    paths: ['events/commerce'],
    batch: {
      path: 'events/commerce/batch',
      most: () => MOST_IN_A_BATCH,
      description: envelopeBatchGuide(MOST_IN_A_BATCH, COMMERCE_DOOR.bodyLimit),
      example: COMMERCE_BATCH_EXAMPLE,
    },
    contract: CommerceEventDto,
    summary: 'Record a commerce event',
    description: envelopeGuide(COMMERCE_DOOR.bodyLimit),
    examples: COMMERCE_EVENT_EXAMPLES,
    traits: commerceEventTraits,
  })
  record(
    event: CommerceEventDto,
    receipt: Receipt,
    caller: Caller,
    sent?: Uint8Array,
  ): Promise<Outcome> {
    return this.ingestion.record(event, receipt, { wire: 'envelope', caller, sent });
  }

  refused(refused: Refused): void {
    this.log.invalid(refused);
    this.refusals.keep('commerce', refused);
  }
}
