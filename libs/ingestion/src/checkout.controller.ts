import {
  CHECKOUT_BATCH_EXAMPLE,
  CHECKOUT_EVENT_EXAMPLES,
  CheckoutEventDto,
  checkoutEventTraits,
  CheckoutLog,
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
import { checkoutBatchGuide, checkoutGuide } from './checkout.guide.js';
import { CheckoutIngestion } from './checkout-ingestion.js';
import { LOST_ON_THE_WAY } from './door.guide.js';
import { Refusals } from './refusals.js';

const MOST_IN_A_BATCH = 500;
const BODY_LIMIT = 51_200;

@Controller()
export class CheckoutController implements HearsRefusals {
  constructor(
    private readonly ingestion: CheckoutIngestion,
    private readonly refusals: Refusals,
    private readonly log: CheckoutLog,
  ) {}

  @IngestionEndpoint({
    name: 'checkout',
    paths: ['events/checkout', 'api/checkout/events/checkout'],
    batch: {
      path: 'events/checkout/batch',
      most: () => MOST_IN_A_BATCH,
      description: checkoutBatchGuide(MOST_IN_A_BATCH, BODY_LIMIT),
      example: CHECKOUT_BATCH_EXAMPLE,
    },
    contract: CheckoutEventDto,
    summary: 'Record a checkout event',
    description: checkoutGuide(BODY_LIMIT),
    examples: CHECKOUT_EVENT_EXAMPLES,
    bodyLimit: BODY_LIMIT,
    caller: 'none',
    cors: { headers: ['content-type'] },
    traits: checkoutEventTraits,
    answers: { kept: { status: 204 }, lost: { status: 202, description: LOST_ON_THE_WAY } },
  })
  record(
    event: CheckoutEventDto,
    receipt: Receipt,
    _caller?: Caller,
    sent?: Uint8Array,
  ): Promise<Outcome> {
    return this.ingestion.record(event, receipt, sent);
  }

  refused(refused: Refused): void {
    this.log.invalid(refused);
    this.refusals.keep('checkout', refused);
  }
}
