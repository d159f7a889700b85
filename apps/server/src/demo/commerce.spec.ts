import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  CollectorEventDto,
  COMMERCE_EVENT_TYPES,
  type CommerceAdded,
  CommerceEventDto,
  commerceTypeOf,
  compileChecks,
  currencyExponent,
  currencyOf,
  FacebookCAPIEvent,
  GA4EcommerceEvent,
  isWellFormed,
} from '#libs/contracts';
import type { AcceptedEvent, EventRecord, Refusal } from '#libs/event-log';
import type { Check } from '#libs/platform';
import { documentOf } from '../../../../test/support/document-of.js';
import { checkoutsOn } from './commerce-checkouts.js';
import { commerceNewer, commerceRefusals } from './commerce-others.js';
import { commercePayouts } from './commerce-payouts.js';
import { commerceReferrals } from './commerce-referrals.js';
import { commerceSales } from './commerce-sales.js';
import { DAY_MS, type DemoSource, daysOf } from './demo-plan.js';

const DAYS = daysOf({ seed: 1, lastDay: '2026-11-21' });

const recordsOf = (source: DemoSource): EventRecord[] => DAYS.flatMap((day) => [...source(day)]);
const addedTo = ({ added }: AcceptedEvent): CommerceAdded => added as CommerceAdded;

describe('the commerce events of a demo', () => {
  const records = [commerceSales, commerceReferrals, commercePayouts, commerceNewer].flatMap(
    recordsOf,
  ) as AcceptedEvent[];
  const envelopes = records
    .filter((record) => addedTo(record).wire === 'envelope')
    .map(({ event }) => event as CommerceEventDto);
  const collected = records
    .filter((record) => addedTo(record).wire === 'collector')
    .map(({ event }) => event as CollectorEventDto);
  const ofType = (type: string) => envelopes.filter((event) => event.type === type);
  let checks: Readonly<Record<CommerceAdded['wire'], Check>>;

  beforeAll(async () => {
    const compiled = compileChecks(await documentOf(CommerceEventDto, CollectorEventDto));
    checks = { envelope: compiled(CommerceEventDto), collector: compiled(CollectorEventDto) };
  });

  it('keep the contract of their wire, and are as a door hands them on', () => {
    const checked = structuredClone(records);

    const broken = checked.filter(
      (record) => checks[addedTo(record).wire](record.event).breaches.length > 0,
    );

    expect(broken).toEqual([]);
    expect(JSON.stringify(checked)).toBe(JSON.stringify(records));
  });

  it('are of every type of the document, and of some that it lacks', () => {
    const types = new Set([
      ...envelopes.map(({ type }) => type),
      ...collected.map(({ event }) => commerceTypeOf(event)),
    ]);

    expect([...COMMERCE_EVENT_TYPES].filter((type) => !types.has(type))).toEqual([]);
    expect(types.size).toBeGreaterThan(COMMERCE_EVENT_TYPES.length);
  });

  it('come by the stream, by the HTTP client, and as posted envelopes', () => {
    const ways = new Set(records.map(addedTo).map(({ wire, transport }) => `${wire} ${transport}`));

    expect(ways).toEqual(new Set(['envelope nats', 'envelope http', 'collector http']));
  });

  it('tell some orders by both transports', () => {
    const completed = new Set(ofType('order.completed').map(({ id }) => id));
    const overHttp = collected.filter(({ event }) => event === 'order_completed');

    const twice = overHttp.filter(({ order_id }) => completed.has(order_id));

    expect(twice.length).toBeGreaterThan(100);
    expect(twice.length).toBeLessThan(overHttp.length);
  });

  it('create no order of a checkout but one that converted, and none before', () => {
    const converted = new Map(
      DAYS.flatMap(checkoutsOn).flatMap(({ order, convertedAt }) =>
        convertedAt === null ? [] : [[order.sessionId ?? '', convertedAt]],
      ),
    );
    const created = ofType('order.created').filter(({ session_id }) => session_id !== undefined);

    const wrong = created.filter(
      ({ session_id = '', timestamp }) =>
        !(Date.parse(timestamp) > (converted.get(session_id) ?? Infinity)),
    );

    expect(created.length).toBeGreaterThan(500);
    expect(wrong).toEqual([]);
  });

  it('pay cards at once, pix within the hour, boleto within days, and some never', () => {
    const methods = new Map(
      DAYS.flatMap(checkoutsOn).map(({ order, paymentMethod }) => [order.orderId, paymentMethod]),
    );
    const timesOf = (type: string) =>
      new Map(ofType(type).map(({ id = '', timestamp }) => [id, Date.parse(timestamp)]));
    const created = timesOf('order.created');
    const completed = timesOf('order.completed');
    const paid = (method: string) => {
      const ids = [...created.keys()].filter((id) => methods.get(id) === method);
      const waits = ids.flatMap((id) => (completed.get(id) ?? NaN) - (created.get(id) ?? NaN));
      const done = waits.filter((wait) => !Number.isNaN(wait));
      return { most: Math.max(...done), share: done.length / ids.length };
    };

    const [card, pix, boleto] = [paid('credit_card'), paid('pix'), paid('boleto')];

    expect(card).toEqual({ most: expect.any(Number), share: 1 });
    expect(card.most).toBeLessThan(10_000);
    expect(pix.most).toBeLessThan(3_600_000);
    expect(boleto.most).toBeGreaterThan(DAY_MS);
    expect([pix.share, boleto.share].filter((share) => share < 0.95 && share > 0.4)).toHaveLength(
      2,
    );
  });

  it('refund whole orders and parts of them, some orders twice', () => {
    const refunded = ofType('order.refunded');
    const times = new Set(refunded.map(({ id, timestamp }) => `${id} ${timestamp}`));

    expect(times.size).toBeGreaterThan(new Set(refunded.map(({ id }) => id)).size);
    expect(refunded.length).toBeGreaterThan(20);
  });

  it('count in several currencies, one of them none that anybody knows', () => {
    const currencies = new Set(
      [...envelopes.map(({ data }) => data), ...collected.map(({ properties }) => properties)].map(
        (said) => currencyOf(said?.['currency']),
      ),
    );

    expect(currencies).toEqual(new Set(['BRL', 'USD', 'JPY', 'CREDITS']));
    expect(currencyExponent('CREDITS')).toBeNull();
  });

  it('bring parts for advertisers, a few of them malformed', () => {
    const parts = envelopes.flatMap(({ ga4, facebook_capi: capi }) => [
      ...(ga4 === undefined ? [] : [isWellFormed(ga4, GA4EcommerceEvent)]),
      ...(capi === undefined ? [] : [isWellFormed(capi, FacebookCAPIEvent)]),
    ]);
    const malformed = parts.filter((isWell) => !isWell);

    expect(malformed.length).toBeGreaterThan(10);
    expect(malformed.length).toBeLessThan(parts.length / 20);
  });

  it('leave payouts that were calculated and not sent, and the other way round', () => {
    const idsOf = (type: string) =>
      new Set(
        ofType(type).map(({ user_id, data }) => `${user_id} ${String(data?.['period_month'])}`),
      );
    const calculated = idsOf('contributor.payout_calculated');
    const sent = idsOf('contributor.payout_sent');

    expect([...calculated].filter((id) => !sent.has(id)).length).toBeGreaterThan(0);
    expect([...sent].filter((id) => !calculated.has(id)).length).toBeGreaterThan(0);
    expect([...sent].filter((id) => calculated.has(id)).length).toBeGreaterThan(5);
  });

  it('reward nobody for a link that nobody made', () => {
    const made = new Set(ofType('referral.link_created').map(({ id }) => id));

    const claimed = ofType('referral.claimed').map(({ data }) => data?.['referral_code']);

    expect(claimed.filter((code) => !made.has(code as string))).toEqual([]);
    expect(claimed.length).toBeGreaterThan(made.size / 4);
  });

  it('are refused now and then, for the reasons that the check itself gives', () => {
    const refusals = recordsOf(commerceRefusals) as Refusal[];

    const reasons = refusals.map(({ raw }) => checks.envelope(JSON.parse(raw)).breaches);

    expect(reasons).toEqual(refusals.map(({ breaches }) => breaches));
    expect(new Set(refusals.map(({ breaches }) => breaches[0]?.field)).size).toBe(3);
  });

  it('speak of nobody who exists', () => {
    const emails = [...envelopes.map(({ data }) => data), ...collected.map((c) => c.properties)]
      .map((said) => said?.['email'])
      .filter((email) => typeof email === 'string' && email !== '');

    expect(emails.filter((each) => !/@example\.(com|net|org)$/.test(each as string))).toEqual([]);
  });
});
