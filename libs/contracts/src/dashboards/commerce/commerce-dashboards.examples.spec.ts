import { describe, expect, it } from '@jest/globals';
import {
  COMMERCE_EVENT_TYPES_EXAMPLE,
  COMMERCE_ORDERS_EXAMPLE,
  COMMERCE_ORGANIZATIONS_EXAMPLE,
  COMMERCE_PAYOUTS_EXAMPLE,
  COMMERCE_REFERRALS_EXAMPLE,
  COMMERCE_REVENUE_EXAMPLE,
} from './commerce-dashboards.examples.js';
import type { RevenueFigures } from './commerce-revenue.dto.js';

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const FIGURES: readonly (keyof RevenueFigures)[] = [
  'orders',
  'grossMinor',
  'refunds',
  'refundedMinor',
  'cancellations',
  'canceledMinor',
  'netMinor',
];

const netOf = (each: RevenueFigures): number =>
  each.grossMinor - each.refundedMinor - each.canceledMinor;

describe('the example of', () => {
  it('revenue adds up, by day and in all', () => {
    for (const currency of COMMERCE_REVENUE_EXAMPLE.currencies) {
      for (const figure of FIGURES) {
        expect(sum(currency.days.map((day) => day[figure]))).toBe(currency[figure]);
      }
      for (const each of [currency, ...currency.days]) expect(each.netMinor).toBe(netOf(each));
      expect(currency.averageOrderMinor).toBe(currency.grossMinor / currency.orders);
      expect(currency.refundRate).toBeCloseTo(
        (currency.refundedMinor / currency.grossMinor) * 100,
        2,
      );
    }
  });

  it('events adds up, by type, by day and in all', () => {
    const { events, items } = COMMERCE_EVENT_TYPES_EXAMPLE;

    expect(sum(items.map((item) => item.events))).toBe(events);
    for (const item of items) expect(sum(item.days.map((day) => day.events))).toBe(item.events);
  });

  it('organizations has the orders of its currencies', () => {
    for (const { orders, currencies } of COMMERCE_ORGANIZATIONS_EXAMPLE.items) {
      expect(sum(currencies.map((each) => each.orders))).toBe(orders);
    }
  });

  it('orders has what is left of each', () => {
    for (const { amountMinor, refundedMinor, netMinor } of COMMERCE_ORDERS_EXAMPLE.items) {
      expect(netMinor).toBe(amountMinor! - refundedMinor);
    }
  });

  it('referrals claims no more links than there are', () => {
    const { links, claimedLinks, claimRate } = COMMERCE_REFERRALS_EXAMPLE.funnel;

    expect(claimRate).toBe((claimedLinks / links) * 100);
  });

  it('payouts adds up, and each pair is in the state that it is said to be', () => {
    const [totals] = COMMERCE_PAYOUTS_EXAMPLE.totals;
    const { items } = COMMERCE_PAYOUTS_EXAMPLE;
    const inState = (state: string) => items.filter((item) => item.state === state);

    expect(sum(items.map((item) => item.calculatedMinor ?? 0))).toBe(totals!.calculatedMinor);
    expect(sum(items.map((item) => item.sentMinor ?? 0))).toBe(totals!.sentMinor);
    expect(inState('not_sent')).toHaveLength(totals!.notSent);
    expect(inState('matched').every((item) => item.sentMinor === item.calculatedMinor)).toBe(true);
  });
});
