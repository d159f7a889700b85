import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Check } from '#libs/platform';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import * as fc from 'fast-check';
import { documentOf } from '../../../test/support/document-of.js';
import {
  CHECKOUT_EVENT_NAMES,
  CHECKOUT_MODES,
  CHECKOUT_STEPS,
  CHECKOUT_TYPES,
  EXECUTION_ENVIRONMENTS,
  PAYMENT_METHODS,
} from './checkout/checkout-event.catalogue.js';
import { CheckoutEventDto } from './checkout/checkout-event.dto.js';
import { compileChecks } from './contract-check.js';

const STORABLE = /^[^\0\p{Surrogate}]*$/u;
const padding = fc.constantFrom('', ' ', '\t', '\n', '\u00a0', '\ufeff', '\u2003');
const storable = (most: number) =>
  fc
    .tuple(padding, fc.string({ unit: 'binary', maxLength: most }), padding)
    .map(([before, text, after]) => before + text + after)
    .filter((text) => STORABLE.test(text));
const present = (most: number) => storable(most).filter((text) => text.trim() !== '');
const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

/** Valid events, as untidy as senders are. */
const validEvents = fc.record(
  {
    eventId: present(200),
    eventName: fc.constantFrom(...CHECKOUT_EVENT_NAMES),
    eventDescription: perhaps(storable(2000)),
    sessionId: present(200),
    offerId: present(200),
    checkoutType: perhaps(fc.constantFrom(...CHECKOUT_TYPES)),
    checkoutMode: perhaps(fc.constantFrom(...CHECKOUT_MODES)),
    executionEnvironment: fc.constantFrom(...EXECUTION_ENVIRONMENTS),
    fullHostname: present(250),
    rootDomain: present(250),
    step: perhaps(fc.constantFrom(...CHECKOUT_STEPS)),
    // Lower case may be longer than upper case.
    email: perhaps(storable(150)),
    phone: perhaps(storable(38)),
    paymentMethod: perhaps(fc.constantFrom(...PAYMENT_METHODS)),
    timestamp: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  },
  {
    requiredKeys: [
      'eventId',
      'eventName',
      'sessionId',
      'offerId',
      'executionEnvironment',
      'fullHostname',
      'rootDomain',
      'timestamp',
    ],
  },
);

/** The compiler tells when one is missing. */
const FIELDS = Object.keys({
  eventId: true,
  eventName: true,
  eventDescription: true,
  sessionId: true,
  offerId: true,
  checkoutType: true,
  checkoutMode: true,
  executionEnvironment: true,
  fullHostname: true,
  rootDomain: true,
  step: true,
  email: true,
  phone: true,
  paymentMethod: true,
  timestamp: true,
} satisfies Record<keyof CheckoutEventDto, true>);

/** What a hostile or a careless sender may put into a field. */
const oddValues = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom('', ' ', '\0', '\ud83d', '😀'.repeat(200), '\u263a\ufe0f'.repeat(100), ' pix '),
  fc.constantFrom(0, -0, -1, 1.5, 1e12, 4_102_444_800_001, Number.MAX_SAFE_INTEGER + 1, 1e300),
);
const brokenEvents = fc
  .tuple(
    validEvents,
    fc.dictionary(fc.constantFrom(...FIELDS, 'productId', 'producerId', 'extra'), oddValues, {
      maxKeys: 3,
    }),
    fc.subarray(FIELDS, { maxLength: 2 }),
  )
  .map(([event, odd, missing]) => {
    const body: Record<string, unknown> = { ...event, ...odd };
    for (const field of missing) Reflect.deleteProperty(body, field);
    return body;
  });

describe('the check of the checkout contract, for all bodies', () => {
  let check: Check;

  beforeAll(async () => {
    check = compileChecks(await documentOf(CheckoutEventDto))(CheckoutEventDto);
  });

  it('never throws and names each field once', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), brokenEvents), (body) => {
        const fields = check(structuredClone(body)).breaches.map(({ field }) => field);

        expect(new Set(fields).size).toBe(fields.length);
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing but white space around text, the case of the e-mail, and null', () => {
    fc.assert(
      fc.property(validEvents, (sent) => {
        const event: Record<string, unknown> = structuredClone(sent);

        expect(check(event).breaches).toEqual([]);
        expect(event).toEqual(normalisedByHand(sent));
      }),
      { numRuns: 500 },
    );
  });

  it('judges every field as class-validator does', () => {
    fc.assert(
      fc.property(brokenEvents, (body) => {
        const byAjv = check(structuredClone(body)).breaches.map(({ field }) => field);
        const instance = plainToInstance(CheckoutEventDto, structuredClone(body));
        const byClassValidator = validateSync(instance).map(({ property }) => property);

        expect(byAjv.toSorted()).toEqual(byClassValidator.toSorted());
      }),
      { numRuns: 500 },
    );
  });
});

function normalisedByHand(sent: object): object {
  const entries = Object.entries(sent)
    .filter(([, value]) => value !== null)
    .map(([field, value]: [string, unknown]) => {
      if (typeof value !== 'string') return [field, value];
      return [field, field === 'email' ? value.trim().toLowerCase() : value.trim()];
    });
  return Object.fromEntries(entries) as object;
}
