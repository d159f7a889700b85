import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  CHECKOUT_EVENT_NAMES,
  CHECKOUT_MODES,
  CHECKOUT_STEPS,
  CHECKOUT_TYPES,
  CheckoutEventDto,
  type CheckoutEventName,
  compileChecks,
  EXECUTION_ENVIRONMENTS,
  PAYMENT_METHODS,
} from '#libs/contracts';
import type { AcceptedEvent, EventRecord, Refusal } from '#libs/event-log';
import type { Check } from '#libs/platform';
import { documentOf } from '../../../../test/support/document-of.js';
import { DEMO_OFFERS } from './catalogue.js';
import { DAY_MS, type DemoPlan, endOf, planOf, startOf } from './demo-plan.js';
import { demoRecords, exampleSession } from './demo-records.js';

const PLAN: DemoPlan = { seed: 1, lastDay: '2026-11-21' };

const recordsOf = (plan: DemoPlan): EventRecord[] => [...demoRecords(plan)].flat();

/** Of its first days: to make all of them takes its time. */
function beginningOf(plan: DemoPlan): EventRecord[] {
  const days = demoRecords(plan);
  return [days.next(), days.next(), days.next()].flatMap(({ value }) => value ?? []);
}

const isEvent = (record: EventRecord): record is AcceptedEvent => record.kind === 'event';
const isCheckoutEvent = (record: EventRecord): record is AcceptedEvent =>
  isEvent(record) && record.contract === 'checkout';
const isRefusal = (record: EventRecord): record is Refusal => record.kind === 'refusal';
const eventOf = ({ event }: AcceptedEvent): CheckoutEventDto => event as CheckoutEventDto;
const keyOf = ({ eventId, timestamp }: CheckoutEventDto): string => `${eventId} ${timestamp}`;
/** The first few that differ: a comparison of all would say too much, and take too long. */
const differingIn = <Value>(values: readonly Value[], others: readonly Value[]): Value[] =>
  values.filter((value, i) => JSON.stringify(value) !== JSON.stringify(others[i])).slice(0, 3);
/** Longer than the table has room for, on purpose. */
const isUnstorable = ({ phone = '' }: CheckoutEventDto): boolean => phone.length > 40;

describe('the records of a demo', () => {
  const records = recordsOf(PLAN);
  const accepted = records.filter(isCheckoutEvent);
  const events = accepted.map(eventOf);
  const refusals = records.filter(isRefusal).filter(({ contract }) => contract === 'checkout');
  let check: Check;

  beforeAll(async () => {
    check = compileChecks(await documentOf(CheckoutEventDto))(CheckoutEventDto);
  });

  const breachesOf = (body: unknown) => check(structuredClone(body)).breaches;
  const sessionsWith = (...names: CheckoutEventName[]): number =>
    new Set(events.filter((each) => names.includes(each.eventName)).map((each) => each.sessionId))
      .size;

  it('are the same for the same plan', () => {
    const again = beginningOf(PLAN);

    expect(differingIn(again, records)).toEqual([]);
    expect(again.length).toBeGreaterThan(3000);
  });

  it.each([
    ['seed', { ...PLAN, seed: 2 }],
    ['day', { ...PLAN, lastDay: '2026-11-22' }],
  ])('have no event in common with those of another %s', (_what, plan) => {
    const ids = new Set(events.map(({ sessionId }) => sessionId));

    const others = beginningOf(plan).filter(isCheckoutEvent).map(eventOf);

    const common = others.filter(({ sessionId }) => ids.has(sessionId));
    expect(new Set(common.map(({ sessionId }) => sessionId))).toEqual(new Set(['footfall-demo']));
  });

  it('are as many as make figures worth a look, and few enough for seconds', () => {
    expect(records.length).toBeGreaterThan(80_000);
    expect(records.length).toBeLessThan(150_000);
  });

  it('are events and refusals of every contract', () => {
    const contracts = (kind: EventRecord['kind']) =>
      new Set(records.filter((record) => record.kind === kind).map(({ contract }) => contract));

    const all = new Set(['analytics', 'checkout', 'commerce', 'tracking']);

    expect(contracts('event')).toEqual(all);
    expect(contracts('refusal')).toEqual(all);
  });

  it('keep the contract, but for two that are to be refused by the database', () => {
    const broken = events.filter((event) => breachesOf(event).length > 0);

    expect(broken).toHaveLength(2);
    expect(broken.filter(isUnstorable)).toEqual(broken);
  });

  it('are normalised as a door hands them on', () => {
    const checked = structuredClone(events);

    for (const event of checked) check(event);

    expect(differingIn(checked, events)).toEqual([]);
  });

  it.each<[keyof CheckoutEventDto, readonly string[]]>([
    ['eventName', CHECKOUT_EVENT_NAMES],
    ['checkoutType', CHECKOUT_TYPES],
    ['checkoutMode', CHECKOUT_MODES],
    ['executionEnvironment', EXECUTION_ENVIRONMENTS],
    ['step', CHECKOUT_STEPS],
    ['paymentMethod', PAYMENT_METHODS],
  ])('use every value of %s', (field, values) => {
    const used = new Set(events.flatMap((event) => event[field] ?? []));

    expect(used).toEqual(new Set(values));
  });

  it('lose visitors from step to step, and none comes from nowhere', () => {
    const funnel = [
      sessionsWith('checkout_page_view'),
      sessionsWith('checkout_session_started'),
      sessionsWith('checkout_identification_started'),
      sessionsWith('checkout_identification_completed'),
      sessionsWith('checkout_address_started'),
      sessionsWith('checkout_address_completed'),
      sessionsWith('checkout_payment_method_selected'),
      sessionsWith('checkout_submit_clicked'),
      sessionsWith('checkout_conversion_success', 'checkout_payment_success'),
    ];

    expect(funnel).toEqual(funnel.toSorted((a, b) => b - a));
    expect(new Set(funnel).size).toBe(funnel.length);
  });

  it('convert between one in twenty and two in five', () => {
    const rate = sessionsWith('checkout_conversion_success') / sessionsWith('checkout_page_view');

    expect(rate).toBeGreaterThan(0.05);
    expect(rate).toBeLessThan(0.4);
  });

  it('tell of a paid card only, and of a conversion by every method', () => {
    const methods = (name: CheckoutEventName) =>
      new Set(
        events.filter((each) => each.eventName === name).map(({ paymentMethod }) => paymentMethod),
      );

    expect(methods('checkout_payment_success')).toEqual(new Set(['credit_card']));
    expect(methods('checkout_conversion_success')).toEqual(new Set(PAYMENT_METHODS));
  });

  it('hold some sessions whose payment is all that tells of the sale', () => {
    const converted = new Set(
      events
        .filter(({ eventName }) => eventName === 'checkout_conversion_success')
        .map(({ sessionId }) => sessionId),
    );

    const paidOnly = events.filter(
      ({ eventName, sessionId }) =>
        eventName === 'checkout_payment_success' && !converted.has(sessionId),
    );

    expect(paidOnly.length).toBeGreaterThan(5);
  });

  it('say where a checkout was shown as front ends do', () => {
    const modes = new Set(
      events.map((each) => `${each.executionEnvironment} ${each.checkoutMode} ${each.rootDomain}`),
    );

    expect([...modes].toSorted()).toEqual([
      'development development 0.1',
      'development development localhost',
      'production embedded example.com',
      'production transparent example.org',
      'sandbox sandbox example-sandbox.com',
    ]);
  });

  it('arrive in the order of their receipts, within the 30 days', () => {
    const times = records.map(({ receipt }) => receipt.receivedAt);

    expect(
      differingIn(
        times,
        times.toSorted((a, b) => a - b),
      ),
    ).toEqual([]);
    expect(times[0]).toBe(startOf(PLAN));
    expect(times.at(-1)).toBe(endOf(PLAN) - 1);
  });

  it('are of 30 whole days, the last of which is yesterday', () => {
    const now = Date.parse('2026-11-22T00:00:05Z');

    expect(planOf(1, now)).toEqual(PLAN);
    expect(endOf(PLAN)).toBe(Date.parse('2026-11-22'));
    expect(endOf(PLAN) - startOf(PLAN)).toBe(30 * DAY_MS);
  });

  it('grow from week to week, rest at weekends and at night', () => {
    const views = events.filter(({ eventName }) => eventName === 'checkout_page_view');
    const count = (holds: (at: Date, day: number) => boolean): number =>
      views.filter(({ timestamp }) =>
        holds(new Date(timestamp), Math.floor((timestamp - startOf(PLAN)) / DAY_MS)),
      ).length;

    expect(count((_, day) => day >= 23)).toBeGreaterThan(1.2 * count((_, day) => day < 7));
    expect(count((at) => at.getUTCDay() === 5)).toBeGreaterThan(
      1.2 * count((at) => at.getUTCDay() === 0),
    );
    expect(count((at) => at.getUTCHours() === 23)).toBeGreaterThan(
      3 * count((at) => at.getUTCHours() === 6),
    );
  });

  it('come late now and then, some of them days later', () => {
    const delays = accepted.map((each) => each.receipt.receivedAt - eventOf(each).timestamp);

    expect(delays.filter((delay) => delay > DAY_MS).length).toBeGreaterThan(50);
    expect(delays.filter((delay) => delay < 1000).length).toBeGreaterThan(0.9 * delays.length);
    expect(delays.filter((delay) => delay < 0)).toEqual([]);
  });

  it('come twice now and then, and sometimes with other content', () => {
    const ofKey = new Map<string, CheckoutEventDto[]>();
    for (const event of events) {
      const others = ofKey.get(keyOf(event));
      if (others) others.push(event);
      else ofKey.set(keyOf(event), [event]);
    }
    const repeated = [...ofKey.values()].filter((group) => group.length > 1);
    const isContradicted = (group: readonly CheckoutEventDto[]): boolean =>
      new Set(group.map((event) => JSON.stringify(event))).size > 1;

    const contradicted = repeated.filter(isContradicted);

    expect(repeated.length - contradicted.length).toBeGreaterThan(300);
    expect(contradicted.length).toBeGreaterThan(3);
    expect(contradicted.length).toBeLessThan(60);
  });

  it('repeat an event name within a session under another key', () => {
    const views = events.filter(({ eventName }) => eventName === 'checkout_page_view');

    const ids = new Map(views.map(({ eventId, sessionId }) => [eventId, sessionId]));

    expect(new Set(ids.values()).size).toBeLessThan(ids.size);
  });

  it('name offers of the catalogue with its product and producer, or one that nobody put', () => {
    const catalogue = new Map(
      DEMO_OFFERS.map(({ offerId, productId, producerId }) => [offerId, { productId, producerId }]),
    );

    const differing = accepted.filter(
      (each) =>
        JSON.stringify(each.offer) !== JSON.stringify(catalogue.get(eventOf(each).offerId) ?? null),
    );
    const waiting = accepted.filter(({ offer }) => offer === null);

    expect(differing).toEqual([]);
    expect(waiting.length).toBeGreaterThan(5);
    expect(new Set(accepted.map((each) => eventOf(each).offerId)).size).toBe(
      DEMO_OFFERS.length + 1,
    );
  });

  it('hold refusals of every kind, for the reasons that the check itself gives', () => {
    const byTheCheck = refusals.filter(
      ({ reason, breaches }) => reason === 'breach' && breaches[0]?.reason !== 'no such offer',
    );

    for (const { raw, breaches } of byTheCheck)
      expect(breachesOf(JSON.parse(raw))).toEqual(breaches);
    expect(new Set(byTheCheck.map(({ breaches }) => breaches[0]?.reason)).size).toBe(5);
    expect(new Set(refusals.map(({ reason }) => reason))).toEqual(new Set(['breach', 'not_json']));
  });

  it('speak of nobody who exists', () => {
    const emails = new Set(events.flatMap(({ email }) => email ?? []));
    const phones = events.filter((each) => !isUnstorable(each)).flatMap(({ phone }) => phone ?? []);
    const addresses = new Set(records.flatMap(({ receipt }) => receipt.ipAddress ?? []));

    expect([...emails].filter((each) => !/@example\.(com|net|org)$/.test(each))).toEqual([]);
    expect(phones.filter((each) => !/^\+1 202 555 01\d\d$/.test(each))).toEqual([]);
    expect(
      [...addresses].filter(
        (each) => !/^(192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:db8:|^127\.0\.0\.1$/.test(each),
      ),
    ).toEqual([]);
  });

  it('offer one session that ends in a sale, to be looked at', () => {
    const example = exampleSession(PLAN);

    const names = events
      .filter(({ sessionId }) => sessionId === example)
      .map(({ eventName }) => eventName);

    expect(names).toContain('checkout_page_view');
    expect(names).toContain('checkout_conversion_success');
  });
});

describe('the catalogue of a demo', () => {
  it('has some dozens of offers, several products a producer and several offers a product', () => {
    const products = new Map(
      DEMO_OFFERS.map(({ productId, producerId }) => [productId, producerId]),
    );

    expect(DEMO_OFFERS.length).toBeGreaterThanOrEqual(36);
    expect(new Set(DEMO_OFFERS.map(({ offerId }) => offerId)).size).toBe(DEMO_OFFERS.length);
    expect(products.size).toBeLessThan(DEMO_OFFERS.length);
    expect(new Set(products.values()).size).toBeLessThan(products.size);
  });

  it('has the offer that the examples of the contract name', () => {
    expect(DEMO_OFFERS).toContainEqual(
      expect.objectContaining({
        offerId: 'offer-1',
        productId: 'product-1',
        producerId: 'producer-1',
      }),
    );
  });
});
