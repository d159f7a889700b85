import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import * as fc from 'fast-check';
import { COMMERCE_EVENT_EXAMPLES } from './commerce-event.examples.js';
import { FacebookCAPIEvent, GA4EcommerceEvent } from './ecommerce-parts.dto.js';
import { isWellFormed } from './well-formed-part.js';

const { completed } = COMMERCE_EVENT_EXAMPLES;
const ga4 = completed.value.ga4 as object;
const capi = completed.value.facebook_capi as object;
const item = { item_id: 'prod_1', item_name: 'Green tea', price: 19.99, quantity: 3 };

/** As the decorators of the class say it too. */
const isWellFormedSlowly = (
  part: object,
  of: typeof GA4EcommerceEvent | typeof FacebookCAPIEvent,
) => validateSync(plainToInstance<object, object>(of, part)).length === 0;

const anything = fc.oneof(
  fc.constantFrom(null, '', 'text', 'x'.repeat(201), 0, -1.5, true, [], {}, [item], { em: 'hash' }),
  fc.string(),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
);
const items = fc.array(
  fc.record(
    { item_id: anything, item_name: anything, price: anything, quantity: anything },
    { requiredKeys: [] },
  ),
  { maxLength: 3 },
);
const partOfGa4 = fc.record(
  {
    event_name: fc.oneof(fc.constant('purchase'), anything),
    currency: anything,
    value: anything,
    items: fc.oneof(items, fc.constantFrom('none', null, {}, ['text'], [null])),
    parameters: anything,
    more: anything,
  },
  { requiredKeys: [] },
);
const partOfMeta = fc.record(
  {
    event_name: fc.oneof(fc.constant('Purchase'), anything),
    event_time: fc.oneof(fc.constant(1), anything),
    action_source: fc.oneof(fc.constant('website'), anything),
    user_data: fc.oneof(fc.record({ em: anything, fbc: anything }, { requiredKeys: [] }), anything),
    custom_data: anything,
  },
  { requiredKeys: [] },
);

describe('a part of a commerce event', () => {
  it('is well formed as the publisher makes it', () => {
    expect(isWellFormed(ga4, GA4EcommerceEvent)).toBe(true);
    expect(isWellFormed(capi, FacebookCAPIEvent)).toBe(true);
  });

  it.each([
    ['text', 'purchase'],
    ['null', null],
    ['a list', [ga4]],
    ['nothing that is required', {}],
    ['a price in words', { ...ga4, items: [{ ...item, price: '19.99' }] }],
    ['an item that is none', { ...ga4, items: [null] }],
    ['too many items', { ...ga4, items: Array.from({ length: 1001 }, () => item) }],
    ['a name that is too long', { ...ga4, event_name: 'x'.repeat(201) }],
    ['what PostgreSQL does not store', { ...ga4, parameters: { deep: { note: 'a\u0000b' } } }],
    ['half a character', { ...ga4, parameters: { '\ud83d': 1 } }],
    ['a number beyond all', { ...ga4, parameters: { deep: [Infinity] } }],
  ])('is not where it is or has %s', (_what, part) => {
    expect(isWellFormed(part, GA4EcommerceEvent)).toBe(false);
  });

  it.each([
    ['spells an escape', { note: String.raw`\u0000 \ud83d` }],
    ['holds null', { note: null }],
  ])('may be one that %s', (_what, parameters) => {
    expect(isWellFormed({ ...ga4, parameters }, GA4EcommerceEvent)).toBe(true);
  });

  it('may have more than its class knows, and characters of two units', () => {
    expect(isWellFormed({ ...ga4, more: 1 }, GA4EcommerceEvent)).toBe(true);
    expect(isWellFormed({ ...ga4, event_name: '😀'.repeat(200) }, GA4EcommerceEvent)).toBe(true);
  });

  it('is judged as class-validator judges it', () => {
    fc.assert(
      fc.property(partOfGa4, (part) => {
        expect(isWellFormed(part, GA4EcommerceEvent)).toBe(
          isWellFormedSlowly(part, GA4EcommerceEvent),
        );
      }),
    );
    fc.assert(
      fc.property(partOfMeta, (part) => {
        expect(isWellFormed(part, FacebookCAPIEvent)).toBe(
          isWellFormedSlowly(part, FacebookCAPIEvent),
        );
      }),
    );
  });
});
