import { CatalogueField, EpochMillisField, Forbids, TextField } from '../fields.js';
import {
  CHECKOUT_EVENT_DESCRIPTIONS,
  CHECKOUT_EVENT_NAMES,
  CHECKOUT_MODES,
  CHECKOUT_STEPS,
  CHECKOUT_TYPES,
  type CheckoutEventName,
  type CheckoutMode,
  type CheckoutStep,
  type CheckoutType,
  EXECUTION_ENVIRONMENTS,
  type ExecutionEnvironment,
  PAYMENT_METHODS,
  type PaymentMethod,
} from './checkout-event.catalogue.js';

/**
 * One checkout event as the front ends send it. This class is the contract.
 *
 * The offer's product and producer are never accepted: the server resolves them.
 */
@Forbids('productId', 'producerId')
export class CheckoutEventDto {
  @TextField({
    description: 'Idempotency key, together with `timestamp`: a retry resends both.',
    maxLength: 200,
    example: '0b5f3d2e-8c41-4a7b-9e66-1d2f7a90c5e3',
  })
  readonly eventId: string;

  @CatalogueField({
    description: 'What happened.',
    name: 'CheckoutEventName',
    values: CHECKOUT_EVENT_NAMES,
    meanings: CHECKOUT_EVENT_DESCRIPTIONS,
  })
  readonly eventName: CheckoutEventName;

  @TextField({
    description:
      'What the front end’s catalogue says of the event: the texts of `eventName`, where it has ' +
      'none of its own. Kept as sent.',
    maxLength: 2000,
    optional: true,
    example: CHECKOUT_EVENT_DESCRIPTIONS.checkout_page_view,
  })
  readonly eventDescription?: string;

  @TextField({
    description: 'One visit of the checkout. With `offerId`, the key of the funnel.',
    maxLength: 200,
    example: 'chk_4c1d9e02',
  })
  readonly sessionId: string;

  @TextField({
    description: 'The offer on sale. The server resolves its product and producer.',
    maxLength: 200,
    example: 'offer-1',
  })
  readonly offerId: string;

  @CatalogueField({
    description: 'The layout of the checkout.',
    name: 'CheckoutType',
    values: CHECKOUT_TYPES,
    optional: true,
  })
  readonly checkoutType?: CheckoutType;

  @CatalogueField({
    description: 'How the checkout is served, as the front end tells by its domain.',
    name: 'CheckoutMode',
    values: CHECKOUT_MODES,
    optional: true,
  })
  readonly checkoutMode?: CheckoutMode;

  @CatalogueField({
    description: 'The kind of traffic, as the front end tells it.',
    name: 'ExecutionEnvironment',
    values: EXECUTION_ENVIRONMENTS,
  })
  readonly executionEnvironment: ExecutionEnvironment;

  @TextField({
    description: 'The whole hostname that serves the checkout.',
    maxLength: 253,
    example: 'checkout.example.com',
  })
  readonly fullHostname: string;

  @TextField({
    description: 'The domain as the front end shortens it. Kept as sent, odd values too.',
    maxLength: 253,
    example: 'example.com',
  })
  readonly rootDomain: string;

  @CatalogueField({
    description: 'The step that the event is about; of `checkout_step_advanced`, the new one.',
    name: 'CheckoutStep',
    values: CHECKOUT_STEPS,
    optional: true,
  })
  readonly step?: CheckoutStep;

  @TextField({
    description: 'The buyer’s e-mail, once typed. Any text: what is half typed is kept too.',
    maxLength: 320,
    normalise: 'lower-case',
    optional: true,
    example: 'buyer@example.com',
  })
  readonly email?: string;

  @TextField({
    description: 'The buyer’s telephone number, once typed. Any text.',
    maxLength: 40,
    optional: true,
    example: '+55 11 99999-0000',
  })
  readonly phone?: string;

  @CatalogueField({
    description: 'The payment method chosen.',
    name: 'PaymentMethod',
    values: PAYMENT_METHODS,
    optional: true,
  })
  readonly paymentMethod?: PaymentMethod;

  @EpochMillisField({
    description: 'When it happened, in milliseconds since 1970, by the sender’s clock.',
  })
  readonly timestamp: number;
}
