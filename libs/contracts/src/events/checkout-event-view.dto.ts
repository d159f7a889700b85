import {
  type Answered,
  AnswerList,
  AnswerText,
  AnswerTime,
  AsIn,
  NextCursor,
} from '../answer-fields.js';
import type {
  CheckoutEventName,
  CheckoutMode,
  CheckoutStep,
  CheckoutType,
  ExecutionEnvironment,
  PaymentMethod,
} from '../checkout/checkout-event.catalogue.js';
import { CheckoutEventDto } from '../checkout/checkout-event.dto.js';

/** A stored checkout event: as it was sent, with what the server added. */
export class CheckoutEventView implements Answered<CheckoutEventDto> {
  @AsIn(CheckoutEventDto)
  readonly eventId: string;

  @AsIn(CheckoutEventDto)
  readonly eventName: CheckoutEventName;

  @AsIn(CheckoutEventDto)
  readonly eventDescription: string | null;

  @AsIn(CheckoutEventDto)
  readonly sessionId: string;

  @AsIn(CheckoutEventDto)
  readonly offerId: string;

  @AnswerText({
    description: 'The offer’s product when the event was written.',
    example: 'product-1',
  })
  readonly productId: string;

  @AnswerText({
    description: 'The offer’s producer when the event was written.',
    example: 'producer-1',
  })
  readonly producerId: string;

  @AsIn(CheckoutEventDto)
  readonly checkoutType: CheckoutType | null;

  @AsIn(CheckoutEventDto)
  readonly checkoutMode: CheckoutMode | null;

  @AsIn(CheckoutEventDto)
  readonly executionEnvironment: ExecutionEnvironment;

  @AsIn(CheckoutEventDto)
  readonly fullHostname: string;

  @AsIn(CheckoutEventDto)
  readonly rootDomain: string;

  @AsIn(CheckoutEventDto)
  readonly step: CheckoutStep | null;

  @AsIn(CheckoutEventDto)
  readonly email: string | null;

  @AsIn(CheckoutEventDto)
  readonly phone: string | null;

  @AsIn(CheckoutEventDto)
  readonly paymentMethod: PaymentMethod | null;

  @AsIn(CheckoutEventDto)
  readonly timestamp: number;

  @AnswerTime({ description: 'When the server took it, by the server’s clock.' })
  readonly receivedAt: string;

  @AnswerText({ description: 'Where it came from.', nullable: true, example: '203.0.113.7' })
  readonly ipAddress: string | null;

  @AnswerText({
    description: 'The sender’s user agent, cut at 1024.',
    nullable: true,
    example: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  })
  readonly userAgent: string | null;
}

export class CheckoutEventPage {
  @AnswerList(CheckoutEventView, 'Newest event time first.')
  readonly items: readonly CheckoutEventView[];

  @NextCursor()
  readonly nextCursor: string | null;
}
