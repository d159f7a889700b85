import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Check } from '#libs/platform';
import { aCheckoutEvent } from '../../../test/support/checkout-event.js';
import { documentOf } from '../../../test/support/document-of.js';
import { CHECKOUT_EVENT_NAMES } from './checkout/checkout-event.catalogue.js';
import { CheckoutEventDto } from './checkout/checkout-event.dto.js';
import { CHECKOUT_EVENT_EXAMPLES } from './checkout/checkout-event.examples.js';
import { compileChecks } from './contract-check.js';

const REQUIRED = [
  'eventId',
  'eventName',
  'sessionId',
  'offerId',
  'timestamp',
  'executionEnvironment',
  'fullHostname',
  'rootDomain',
];
const OPTIONAL = [
  'eventDescription',
  'checkoutType',
  'checkoutMode',
  'step',
  'email',
  'phone',
  'paymentMethod',
];
const LIMITS = {
  eventId: 200,
  eventDescription: 2000,
  sessionId: 200,
  offerId: 200,
  fullHostname: 253,
  rootDomain: 253,
  email: 320,
  phone: 40,
};
const CATALOGUES = {
  eventName: 'checkout_page_view',
  checkoutType: '3steps',
  checkoutMode: 'embedded',
  executionEnvironment: 'sandbox',
  step: 'payment',
  paymentMethod: 'pix',
};

describe('the check of the checkout contract', () => {
  let check: Check;

  beforeAll(async () => {
    check = compileChecks(await documentOf(CheckoutEventDto))(CheckoutEventDto);
  });

  const breaches = (body: unknown) => check(body).breaches;
  const eventWith = (fields: object): Record<string, unknown> => ({
    ...aCheckoutEvent(),
    ...fields,
  });

  it.each(Object.entries(CHECKOUT_EVENT_EXAMPLES))('accepts the example %s', (_, { value }) => {
    expect(breaches(structuredClone(value))).toEqual([]);
  });

  it.each(CHECKOUT_EVENT_NAMES)('accepts the event name %s', (eventName) => {
    expect(breaches(aCheckoutEvent({ eventName }))).toEqual([]);
  });

  describe('a required field', () => {
    it.each(REQUIRED)('%s must be there', (field) => {
      const event = eventWith({});
      delete event[field];

      expect(breaches(event)).toEqual([{ field, reason: 'is required' }]);
    });

    it.each(REQUIRED)('%s must not be null', (field) => {
      expect(breaches(eventWith({ [field]: null }))).toEqual([{ field, reason: 'is required' }]);
    });

    it.each(REQUIRED)('%s must be its own, not inherited', (field) => {
      const { [field]: value, ...rest } = eventWith({});
      const event = Object.assign(Object.create({ [field]: value }) as object, rest);

      expect(breaches(event)).toEqual([{ field, reason: 'is required' }]);
    });

    it.each(['eventId', 'sessionId', 'offerId', 'fullHostname', 'rootDomain'])(
      '%s must not be empty after trimming',
      (field) => {
        const blank = ' \t\n\u00a0\ufeff';

        expect(breaches(eventWith({ [field]: blank }))).toEqual([
          { field, reason: 'must not be empty' },
        ]);
      },
    );
  });

  describe('an optional field', () => {
    it.each(OPTIONAL)('%s that is null is absent', (field) => {
      const event = eventWith({ [field]: null });

      expect(breaches(event)).toEqual([]);
      expect(Object.hasOwn(event, field)).toBe(false);
    });

    it.each(['eventDescription', 'email', 'phone'])('%s may be empty', (field) => {
      const event = eventWith({ [field]: ' ' });

      expect(breaches(event)).toEqual([]);
      expect(event[field]).toBe('');
    });

    it('that is absent stays absent', () => {
      const event = eventWith({});

      check(event);

      expect(Object.keys(event).toSorted()).toEqual(REQUIRED.toSorted());
    });
  });

  describe('text', () => {
    it.each(Object.keys(LIMITS))('of %s is trimmed', (field) => {
      const event = eventWith({ [field]: ' \u2003Text\ufeff' });

      expect(breaches(event)).toEqual([]);
      expect(event[field]).toBe(field === 'email' ? 'text' : 'Text');
    });

    it.each(Object.entries(LIMITS))('of %s has at most %i characters', (field, most) => {
      expect(breaches(eventWith({ [field]: 'x'.repeat(most) }))).toEqual([]);
      expect(breaches(eventWith({ [field]: 'x'.repeat(most + 1) }))).toEqual([
        { field, reason: `must be at most ${most} characters` },
      ]);
    });

    it('is measured after it is trimmed', () => {
      expect(breaches(eventWith({ phone: ` ${'x'.repeat(40)} ` }))).toEqual([]);
    });

    it('is measured in characters, also beyond the basic plane', () => {
      expect(breaches(eventWith({ phone: '😀'.repeat(40) }))).toEqual([]);
      expect(breaches(eventWith({ phone: '😀'.repeat(41) }))).toHaveLength(1);
    });

    it.each([
      ['NUL', 'a\u0000b'],
      ['a lone high surrogate', 'a\ud83d'],
      ['a lone low surrogate', '\ude00a'],
      ['surrogates in the wrong order', '\ude00\ud83d'],
    ])('with %s is a breach', (_, text) => {
      expect(breaches(eventWith({ sessionId: text }))).toEqual([
        { field: 'sessionId', reason: 'must be well-formed text without NUL characters' },
      ]);
    });

    it.each([[1], [true], [['x']], [{ a: 1 }]])('is not %j', (value) => {
      expect(breaches(eventWith({ eventId: value, email: value }))).toEqual([
        { field: 'eventId', reason: 'must be text' },
        { field: 'email', reason: 'must be text' },
      ]);
    });
  });

  describe('a catalogue value', () => {
    it.each(Object.entries(CATALOGUES))('of %s matches exactly as sent', (field, value) => {
      expect(breaches(eventWith({ [field]: value }))).toEqual([]);
      for (const wrong of [` ${value} `, value.toUpperCase(), '', 'else', 1, [value], { value }]) {
        expect(breaches(eventWith({ [field]: wrong }))).toEqual([
          { field, reason: expect.stringMatching(/^must be one of: .*\w+, \w+/) },
        ]);
      }
    });
  });

  describe('the timestamp', () => {
    it.each([0, 1_700_000_000_000, 4_102_444_800_000, 1e12])('may be %d', (timestamp) => {
      expect(breaches(eventWith({ timestamp }))).toEqual([]);
    });

    it.each([
      ['1700000000000', 'must be a whole number'],
      [1_700_000_000_000.5, 'must be a whole number'],
      [true, 'must be a whole number'],
      [[1_700_000_000_000], 'must be a whole number'],
      [{}, 'must be a whole number'],
      [-1, 'must be at least 0'],
      [4_102_444_800_001, 'must be at most 4102444800000'],
      [1e300, 'must be at most 4102444800000'],
    ])('may not be %j', (timestamp, reason) => {
      expect(breaches(eventWith({ timestamp }))).toEqual([{ field: 'timestamp', reason }]);
    });
  });

  describe('a forbidden field', () => {
    it.each(['productId', 'producerId'])('%s breaks the contract whatever its value', (field) => {
      for (const value of ['x', '', null, 0, false, [], {}]) {
        expect(breaches(eventWith({ [field]: value }))).toEqual([
          { field, reason: 'must not be sent: the server resolves it' },
        ]);
      }
    });
  });

  describe('an unknown field', () => {
    const unknown =
      '{"extra":{"a":[1]},"__proto__":{"polluted":true},"constructor":null,"toString":1}';

    it('is ignored, counted and dropped', () => {
      const event = { ...aCheckoutEvent(), ...(JSON.parse(unknown) as object) };
      Object.defineProperty(event, '__proto__', {
        value: {},
        enumerable: true,
        configurable: true,
      });

      expect(check(event)).toEqual({ breaches: [], unknownFields: 4, isAsSent: false });
      expect(Object.getOwnPropertyNames(event).toSorted()).toEqual(REQUIRED.toSorted());
    });

    it('called __proto__ does not lend its fields to the event', () => {
      const body = JSON.parse(`{"__proto__":${JSON.stringify(aCheckoutEvent())}}`) as object;

      expect(
        breaches(body)
          .map(({ field }) => field)
          .toSorted(),
      ).toEqual(REQUIRED.toSorted());
    });

    it('stays in a body that breaks the contract, for those who ask what was sent', () => {
      const body = eventWith({ extra: 1, eventName: 'else' });

      expect(check(body).unknownFields).toBe(1);
      expect(body).toHaveProperty('extra', 1);
    });
  });

  it.each([[null], [[]], [[{}]], ['text'], [1], [true], [undefined]])(
    'refuses a body that is %j',
    (body) => {
      expect(check(body)).toEqual({
        breaches: [{ field: 'body', reason: 'must be a JSON object' }],
        unknownFields: 0,
        isAsSent: true,
      });
    },
  );

  it('reports every broken field once', () => {
    const body = { eventId: '', eventName: 5, timestamp: 'now', step: ' ', productId: 1, extra: 1 };

    expect(
      breaches(body)
        .map(({ field }) => field)
        .toSorted(),
    ).toEqual([...REQUIRED, 'step', 'productId'].toSorted());
  });

  it('never says what was sent', () => {
    const secret = 'ana@example.com\u0000';
    const body = Object.fromEntries([...REQUIRED, ...OPTIONAL].map((field) => [field, secret]));

    expect(JSON.stringify(breaches(body))).not.toContain('ana@');
  });

  it('judges the same body again as it did before', () => {
    const event = aCheckoutEvent({ email: ' ANA@example.com ' });

    expect(breaches(event)).toEqual([]);
    expect(breaches({ eventId: 1 })).not.toEqual([]);
    expect(breaches(event)).toEqual([]);
  });

  it('refuses to compile a contract that is not published', async () => {
    const checks = compileChecks(await documentOf(CheckoutEventDto));

    expect(() => checks({ name: 'UnheardOf' })).toThrow(/UnheardOf/);
  });
});
