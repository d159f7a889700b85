import {
  CHECKOUT_EVENT_NAMES,
  CHECKOUT_MODES,
  CHECKOUT_STEPS,
  CHECKOUT_TYPES,
  type CheckoutEventDto,
  EXECUTION_ENVIRONMENTS,
  PAYMENT_METHODS,
} from '#libs/contracts';
import * as fc from 'fast-check';
import { perhaps, present, storable } from './arbitrary-text.js';

const required = {
  eventId: present(198),
  eventName: fc.constantFrom(...CHECKOUT_EVENT_NAMES),
  sessionId: present(200),
  offerId: present(200),
  executionEnvironment: fc.constantFrom(...EXECUTION_ENVIRONMENTS),
  fullHostname: present(253),
  rootDomain: present(253),
  timestamp: fc.integer({ min: 0, max: 4_102_444_800_000 }),
};

const optional = {
  eventDescription: perhaps(storable(2000)),
  checkoutType: perhaps(fc.constantFrom(...CHECKOUT_TYPES)),
  checkoutMode: perhaps(fc.constantFrom(...CHECKOUT_MODES)),
  step: perhaps(fc.constantFrom(...CHECKOUT_STEPS)),
  // Lower case may be longer than upper case.
  email: perhaps(storable(150)),
  phone: perhaps(storable(40)),
  paymentMethod: perhaps(fc.constantFrom(...PAYMENT_METHODS)),
};

/** The compiler tells when the contract has a field that is not here. */
const fields = { ...required, ...optional } satisfies Record<keyof CheckoutEventDto, unknown>;

/** All fields of the contract, the required ones first. */
export const CHECKOUT_FIELDS = Object.keys(fields) as (keyof CheckoutEventDto)[];

/** Valid events, as untidy as senders are: white space around text, null for what is not there. */
export const validCheckoutEvents = fc.record(fields, {
  requiredKeys: Object.keys(required) as (keyof typeof required)[],
});

/** What may become of an event on its way to its table: written a second time, by hand. */
export function normalisedByHand(sent: object): Record<string, unknown> {
  const kept = Object.entries(sent).filter(([, value]) => value !== null);
  return Object.fromEntries(
    kept.map(([field, value]: [string, unknown]) => [field, ofField(field, value)]),
  );
}

function ofField(field: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return field === 'email' ? value.trim().toLowerCase() : value.trim();
}
