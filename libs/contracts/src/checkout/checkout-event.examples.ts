import { CHECKOUT_EVENT_DESCRIPTIONS, CHECKOUT_EVENT_NAMES } from './checkout-event.catalogue.js';
import type { CheckoutEventDto } from './checkout-event.dto.js';

const pageView: CheckoutEventDto = {
  eventId: '0b5f3d2e-8c41-4a7b-9e66-1d2f7a90c5e3',
  eventName: 'checkout_page_view',
  eventDescription: CHECKOUT_EVENT_DESCRIPTIONS.checkout_page_view,
  sessionId: 'chk_4c1d9e02',
  offerId: 'offer-1',
  checkoutType: 'standard',
  checkoutMode: 'embedded',
  executionEnvironment: 'production',
  fullHostname: 'checkout.example.com',
  rootDomain: 'example.com',
  timestamp: 1_768_478_400_000,
};

const stepAdvanced: CheckoutEventDto = {
  ...pageView,
  eventId: '0a6f0a1c-3c1e-4c5f-9a51-6f3f5a0b7c11',
  eventName: 'checkout_step_advanced',
  eventDescription: CHECKOUT_EVENT_DESCRIPTIONS.checkout_step_advanced,
  checkoutType: '3steps',
  step: 'address',
  email: 'buyer@example.com',
  phone: '+55 11 99999-0000',
  timestamp: 1_768_478_442_000,
};

const cardPayment: CheckoutEventDto = {
  ...pageView,
  eventId: '5b1f6a52-9c0d-4be6-8f5e-0d2c9a4e7d33',
  eventName: 'checkout_payment_success',
  eventDescription: CHECKOUT_EVENT_DESCRIPTIONS.checkout_payment_success,
  step: 'payment',
  paymentMethod: 'credit_card',
  timestamp: 1_768_478_490_000,
};

const pixConversion: CheckoutEventDto = {
  ...pageView,
  eventId: 'd1a6b0c4-52f7-4e0a-8f43-0c9a7be51f20',
  eventName: 'checkout_conversion_success',
  eventDescription: CHECKOUT_EVENT_DESCRIPTIONS.checkout_conversion_success,
  step: 'payment',
  paymentMethod: 'pix',
  timestamp: 1_768_478_520_000,
};

const required: CheckoutEventDto = {
  eventId: '7e3c9a15-6b2d-4f80-a1c7-94d05e8b3f62',
  eventName: 'checkout_session_started',
  sessionId: 'chk_9b02c7d4',
  offerId: 'offer-1',
  executionEnvironment: 'production',
  fullHostname: 'checkout.example.com',
  rootDomain: 'example.com',
  timestamp: 1_768_478_400_500,
};

/** Request bodies that Swagger shows. */
export const CHECKOUT_EVENT_EXAMPLES = {
  pageView: { summary: 'The checkout is opened', value: pageView },
  stepAdvanced: { summary: 'The buyer goes on to the address', value: stepAdvanced },
  cardPayment: { summary: 'A card payment succeeds', value: cardPayment },
  pixConversion: { summary: 'A pix code is generated: the conversion', value: pixConversion },
  required: { summary: 'Required fields only', value: required },
} as const satisfies Readonly<Record<string, { summary: string; value: CheckoutEventDto }>>;

/** Two sound events and a misspelt one, with what the batch is answered. */
export const CHECKOUT_BATCH_EXAMPLE = {
  sent: [
    cardPayment,
    pixConversion,
    {
      ...required,
      eventId: '1c9f27b0-4d6e-4b35-8a02-6e5d91c4f7a8',
      eventName: 'checkout_page_viewed',
    },
  ],
  answered: {
    results: [
      { eventId: cardPayment.eventId, verdict: 'accepted' },
      { eventId: pixConversion.eventId, verdict: 'accepted' },
      {
        eventId: '1c9f27b0-4d6e-4b35-8a02-6e5d91c4f7a8',
        verdict: 'rejected',
        breaches: [
          { field: 'eventName', reason: `must be one of: ${CHECKOUT_EVENT_NAMES.join(', ')}` },
        ],
      },
    ],
  },
};
