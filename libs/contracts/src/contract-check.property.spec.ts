import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Check } from '#libs/platform';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import * as fc from 'fast-check';
import {
  CHECKOUT_FIELDS,
  normalisedByHand,
  validCheckoutEvents,
} from '../../../test/support/arbitrary-checkout-events.js';
import { documentOf } from '../../../test/support/document-of.js';
import { CheckoutEventDto } from './checkout/checkout-event.dto.js';
import { compileChecks } from './contract-check.js';

/** What a hostile or a careless sender may put into a field. */
const oddValues = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom('', ' ', '\0', '\ud83d', '😀'.repeat(200), '\u263a\ufe0f'.repeat(100), ' pix '),
  fc.constantFrom(0, -0, -1, 1.5, 1e12, 4_102_444_800_001, Number.MAX_SAFE_INTEGER + 1, 1e300),
);
const brokenEvents = fc
  .tuple(
    validCheckoutEvents,
    fc.dictionary(
      fc.constantFrom(...CHECKOUT_FIELDS, 'productId', 'producerId', 'extra'),
      oddValues,
      {
        maxKeys: 3,
      },
    ),
    fc.subarray(CHECKOUT_FIELDS, { maxLength: 2 }),
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
      fc.property(validCheckoutEvents, (sent) => {
        const event: Record<string, unknown> = structuredClone(sent);

        expect(check(event).breaches).toEqual([]);
        expect(event).toEqual(normalisedByHand(sent));
      }),
      { numRuns: 500 },
    );
  });

  it('knows whether what was sent still says what the event says', () => {
    fc.assert(
      fc.property(validCheckoutEvents, (sent) => {
        const event: object = structuredClone(sent);

        const { isAsSent } = check(event);

        expect(isAsSent).toBe(JSON.stringify(event) === JSON.stringify(sent));
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
