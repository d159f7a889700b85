import {
  CHECKOUT_EVENT_EXAMPLES,
  CheckoutEventDto,
  checkoutEventTraits,
  CheckoutLog,
} from '#libs/contracts';
import {
  type HearsRefusals,
  IngestionEndpoint,
  type Outcome,
  type Receipt,
  type Refused,
} from '#libs/platform';
import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CheckoutIngestion } from './checkout-ingestion.js';
import { Refusals } from './refusals.js';

const MOST_IN_A_BATCH = 500;

@ApiTags('Events')
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
    batch: { path: 'events/checkout/batch', most: () => MOST_IN_A_BATCH },
    contract: CheckoutEventDto,
    summary: 'Record a checkout event',
    description:
      'For front ends: no key, any origin, `fetch` or `sendBeacon` with a JSON blob. 204 means that ' +
      'the event survives a crash of this server. Send `eventId` and `timestamp` again with a ' +
      'retry, and it is stored once.',
    examples: CHECKOUT_EVENT_EXAMPLES,
    bodyLimit: 51_200,
    caller: 'none',
    cors: { headers: ['content-type'] },
    traits: checkoutEventTraits,
    answers: { kept: { status: 204 }, lost: { status: 202 } },
  })
  record(event: CheckoutEventDto, receipt: Receipt): Promise<Outcome> {
    return this.ingestion.record(event, receipt);
  }

  refused(refused: Refused): void {
    this.log.invalid(refused);
    this.refusals.keep('checkout', refused);
  }
}
