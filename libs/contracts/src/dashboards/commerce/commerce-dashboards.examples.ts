import {
  COMMERCE_EVENT_TYPES,
  type CommerceEventType,
} from '../../commerce/commerce-event.catalogue.js';
import type { CommerceEventTypes } from './commerce-event-types.dto.js';
import type { CommerceOrders } from './commerce-orders.dto.js';
import type { CommerceOrganizations } from './commerce-organizations.dto.js';
import type { CommercePayouts } from './commerce-payouts.dto.js';
import type { CommerceReferrals } from './commerce-referrals.dto.js';
import type { CommerceRevenue, RevenueTotals } from './commerce-revenue.dto.js';

const ABOUT = {
  range: { from: '2026-01-01', to: '2026-01-30', timeZone: 'UTC', isLastDayIncomplete: false },
  asOf: '2026-02-03T09:15:00.120Z',
  newestReceivedAt: '2026-01-30T23:59:58.004Z',
} as const;

const EUROS: RevenueTotals = {
  currency: 'EUR',
  orders: 3,
  grossMinor: 17_991,
  refunds: 1,
  refundedMinor: 1000,
  cancellations: 1,
  canceledMinor: 5997,
  netMinor: 10_994,
  averageOrderMinor: 5997,
  refundRate: 5.56,
  moneyOut: {
    credits: 1,
    creditedMinor: 1000,
    commissions: 1,
    commissionMinor: 300,
    referralPayouts: 0,
    referralPayoutMinor: 0,
    payouts: 1,
    payoutMinor: 12_345,
  },
};
const LEFT_OUT = { orders: 1, refunds: 0, payments: 0, eventsWithoutOrder: 0 };

/** Answers that Swagger shows: their figures fit together. */
export const COMMERCE_REVENUE_EXAMPLE: CommerceRevenue = {
  ...ABOUT,
  filters: { organizationId: 'acme', currency: null },
  currencies: [
    {
      ...EUROS,
      days: [
        {
          day: '2026-01-15',
          orders: 3,
          grossMinor: 17_991,
          refunds: 0,
          refundedMinor: 0,
          cancellations: 0,
          canceledMinor: 0,
          netMinor: 17_991,
        },
        {
          day: '2026-01-16',
          orders: 0,
          grossMinor: 0,
          refunds: 1,
          refundedMinor: 1000,
          cancellations: 1,
          canceledMinor: 5997,
          netMinor: -6997,
        },
      ],
    },
  ],
  previousPeriod: null,
  leftOut: LEFT_OUT,
};

const HAPPENED: Partial<Record<CommerceEventType, Readonly<Record<string, number>>>> = {
  'order.created': { '2026-01-15': 4 },
  'order.completed': { '2026-01-15': 5 },
  'order.canceled': { '2026-01-16': 1 },
  'order.refunded': { '2026-01-16': 1 },
};

const items = COMMERCE_EVENT_TYPES.map((eventType) => {
  const days = Object.entries(HAPPENED[eventType] ?? {}).map(([day, events]) => ({ day, events }));
  const events = days.reduce((sum, each) => sum + each.events, 0);
  return { eventType, isKnown: true, events, days };
});

export const COMMERCE_EVENT_TYPES_EXAMPLE: CommerceEventTypes = {
  ...ABOUT,
  filters: { organizationId: 'acme' },
  events: 11,
  items,
  leftOut: { namesOfEvents: 0 },
};

export const COMMERCE_ORGANIZATIONS_EXAMPLE: CommerceOrganizations = {
  ...ABOUT,
  organizations: 1,
  items: [
    { organizationId: 'acme', events: 11, orders: 3, currencies: [EUROS], leftOut: LEFT_OUT },
  ],
};

export const COMMERCE_ORDERS_EXAMPLE: CommerceOrders = {
  ...ABOUT,
  filters: {
    organizationId: 'acme',
    state: 'partially_refunded',
    currency: null,
    orderId: null,
    sessionId: null,
  },
  items: [
    {
      organizationId: 'acme',
      orderId: 'ord_1001',
      state: 'partially_refunded',
      sessionId: 'chk_4c1d9e02',
      firstSeenAt: '2026-01-15T12:00:00.000Z',
      createdAt: '2026-01-15T12:00:00.000Z',
      completedAt: '2026-01-15T12:02:00.468Z',
      canceledAt: null,
      refundedAt: '2026-01-16T09:30:00.000Z',
      amountMinor: 5997,
      currency: 'EUR',
      refundedMinor: 1000,
      netMinor: 4997,
      isLeftOut: false,
      leftOutRefunds: 0,
      events: { created: 1, completed: 2, canceled: 0, refunded: 1 },
    },
  ],
  nextCursor: null,
};

const NOTHING = {
  userId: null,
  code: null,
  referrerId: null,
  refereeId: null,
  orderId: null,
  role: null,
  previousTier: null,
  tier: null,
  referralCount: null,
  amountMinor: null,
  currency: null,
};

export const COMMERCE_REFERRALS_EXAMPLE: CommerceReferrals = {
  ...ABOUT,
  filters: { organizationId: 'acme', kind: null, code: null, userId: null },
  funnel: {
    links: 4,
    claimedLinks: 1,
    claimRate: 25,
    claims: 1,
    credits: 1,
    commissions: 1,
    tierUpgrades: 0,
    payouts: 0,
  },
  amounts: [{ currency: 'EUR', creditedMinor: 1000, commissionMinor: 300, payoutMinor: 0 }],
  items: [
    {
      ...NOTHING,
      kind: 'commission',
      happenedAt: '2026-01-15T12:02:00.468Z',
      organizationId: 'acme',
      userId: 'user-1',
      referrerId: 'user-1',
      orderId: 'ord_1001',
      amountMinor: 300,
      currency: 'EUR',
    },
    {
      ...NOTHING,
      kind: 'claim',
      happenedAt: '2026-01-14T08:00:00.000Z',
      organizationId: 'acme',
      userId: 'user-7',
      code: 'REF42',
      referrerId: 'user-1',
      refereeId: 'user-7',
    },
  ],
  nextCursor: 'WyIyMDI2LTAxLTE0VDA4OjAwOjAwLjAwMDAwMFoiLCJbXCJhY21lXCJdIl0',
  leftOut: { payments: 0 },
};

export const COMMERCE_PAYOUTS_EXAMPLE: CommercePayouts = {
  ...ABOUT,
  filters: { organizationId: 'acme', state: null, contributorId: null },
  totals: [
    {
      currency: 'EUR',
      calculations: 2,
      calculatedMinor: 14_345,
      payouts: 1,
      sentMinor: 12_345,
      matched: 1,
      differing: 0,
      notSent: 1,
      notSentMinor: 2000,
      notCalculated: 0,
      notCalculatedMinor: 0,
    },
  ],
  items: [
    {
      organizationId: 'acme',
      contributorId: 'user-9',
      periodMonth: '2025-12',
      currency: 'EUR',
      state: 'matched',
      calculatedAt: '2026-01-02T06:00:00.000Z',
      calculatedMinor: 12_345,
      sentAt: '2026-01-05T06:00:00.000Z',
      sentMinor: 12_345,
      payouts: 1,
      payoutIds: ['po_5'],
    },
    {
      organizationId: 'acme',
      contributorId: 'user-4',
      periodMonth: '2025-12',
      currency: 'EUR',
      state: 'not_sent',
      calculatedAt: '2026-01-02T06:00:00.000Z',
      calculatedMinor: 2000,
      sentAt: null,
      sentMinor: null,
      payouts: 0,
      payoutIds: [],
    },
  ],
  nextCursor: null,
  leftOut: { payments: 0 },
};
