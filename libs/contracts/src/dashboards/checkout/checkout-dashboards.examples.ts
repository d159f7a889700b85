import type { PersonalDataAccessPage } from '../../personal-data/personal-data-access.dto.js';
import type { AbandonedCheckouts } from './abandoned-checkouts.dto.js';
import type { CheckoutErrors } from './checkout-errors.dto.js';
import { CHECKOUT_FUNNEL_STEPS } from './checkout-funnel.catalogue.js';
import type { CheckoutFunnel, CheckoutFunnelFigures } from './checkout-funnel.dto.js';
import type { CheckoutPaymentMethods } from './checkout-payment-methods.dto.js';
import type { CheckoutSessionsAnswer } from './checkout-sessions-question.dto.js';
import type { CheckoutSteps } from './checkout-steps.dto.js';
import type { CheckoutTimeline } from './checkout-timeline.dto.js';

/** Answers that Swagger shows: the figures of each fit together, and those of one the others'. */

const ABOUT: CheckoutSessionsAnswer = {
  range: { from: '2026-01-01', to: '2026-01-30', timeZone: 'UTC', isLastDayIncomplete: false },
  filters: {
    offerId: null,
    producerId: null,
    productId: null,
    traffic: 'production',
    checkoutType: null,
    checkoutMode: null,
    paymentMethod: null,
    fullHostname: null,
  },
  asOf: '2026-02-03T09:15:00.120Z',
  newestReceivedAt: '2026-01-31T00:12:58.004Z',
  leftOut: { nonProductionSessions: 9, otherHostSessions: 0 },
};

const percent = (part: number, whole: number): number => Math.round((part / whole) * 10_000) / 100;

/** Sessions of each step, now and in the days before. */
function figuresOf(now: readonly number[], before: readonly number[]): CheckoutFunnelFigures {
  const sessions = now[0]!;
  const conversions = now.at(-1)!;
  return {
    sessions,
    conversions,
    conversionRate: percent(conversions, sessions),
    steps: CHECKOUT_FUNNEL_STEPS.map((step, index) => {
      const count = now[index]!;
      const previous = index === 0 ? count : now[index - 1]!;
      const difference = count - before[index]!;
      return {
        step,
        sessions: count,
        dropOff: previous - count,
        percentOfFirst: percent(count, sessions),
        percentOfPrevious: percent(count, previous),
        previousPeriod: {
          sessions: before[index]!,
          difference,
          changePercent: percent(difference, before[index]!),
        },
      };
    }),
  };
}

export const CHECKOUT_FUNNEL_EXAMPLE: CheckoutFunnel = {
  ...ABOUT,
  order: 'any',
  previousRange: {
    from: '2025-12-02',
    to: '2025-12-31',
    timeZone: 'UTC',
    isLastDayIncomplete: false,
  },
  total: figuresOf(
    [1200, 700, 520, 480, 430, 360, 290, 246],
    [1000, 640, 480, 450, 400, 320, 250, 200],
  ),
  groupBy: 'checkoutType',
  groups: [
    {
      value: '3steps',
      ...figuresOf(
        [800, 470, 350, 330, 300, 250, 200, 170],
        [600, 400, 300, 280, 250, 200, 160, 130],
      ),
    },
    {
      value: 'standard',
      ...figuresOf([400, 230, 170, 150, 130, 110, 90, 76], [400, 240, 180, 170, 150, 120, 90, 70]),
    },
  ],
  otherGroups: null,
};

export const CHECKOUT_STEPS_EXAMPLE: CheckoutSteps = {
  ...ABOUT,
  sessions: 1200,
  steps: [
    {
      step: 'identification',
      started: 700,
      completed: 520,
      withErrors: 60,
      completionRate: 74.29,
      errorRate: 5,
    },
    {
      step: 'address',
      started: 480,
      completed: 430,
      withErrors: 24,
      completionRate: 89.58,
      errorRate: 2,
    },
    {
      step: 'payment',
      started: 360,
      completed: 246,
      withErrors: 72,
      completionRate: 68.33,
      errorRate: 6,
    },
  ],
};

const HOURS: readonly (readonly [hour: string, sessions: number, conversions: number])[] = [
  ['03', 40, 8],
  ['04', 25, 5],
  ['05', 0, 0],
];

/** The beginning of a day. */
export const CHECKOUT_TIMELINE_EXAMPLE: CheckoutTimeline = {
  ...ABOUT,
  range: {
    from: '2026-01-01',
    to: '2026-01-01',
    timeZone: 'America/Sao_Paulo',
    isLastDayIncomplete: false,
  },
  by: 'hour',
  sessions: 65,
  conversions: 13,
  conversionRate: 20,
  buckets: HOURS.map(([hour, sessions, conversions]) => ({
    start: `2026-01-01T${hour}:00:00.000Z`,
    day: '2026-01-01',
    sessions,
    conversions,
    conversionRate: sessions === 0 ? 0 : percent(conversions, sessions),
    isIncomplete: false,
  })),
};

export const CHECKOUT_PAYMENT_METHODS_EXAMPLE: CheckoutPaymentMethods = {
  ...ABOUT,
  methods: [
    {
      paymentMethod: 'credit_card',
      sessions: 160,
      submitted: 150,
      generated: 120,
      withErrors: 40,
      paid: 114,
      paidRate: 95,
      medianTimeToPayMs: 1200,
      p90TimeToPayMs: 5400,
    },
    {
      paymentMethod: 'pix',
      sessions: 150,
      submitted: 120,
      generated: 110,
      withErrors: 22,
      paid: 88,
      paidRate: 80,
      medianTimeToPayMs: 95_000,
      p90TimeToPayMs: 840_000,
    },
    {
      paymentMethod: 'boleto',
      sessions: 40,
      submitted: 20,
      generated: 16,
      withErrors: 10,
      paid: 8,
      paidRate: 50,
      medianTimeToPayMs: 86_400_000,
      p90TimeToPayMs: 172_800_000,
    },
    {
      paymentMethod: null,
      sessions: 850,
      submitted: 0,
      generated: 0,
      withErrors: 0,
      paid: 0,
      paidRate: 0,
      medianTimeToPayMs: null,
      p90TimeToPayMs: null,
    },
  ],
  orders: { completed: 231, withoutSession: 21 },
};

export const CHECKOUT_ERRORS_EXAMPLE: CheckoutErrors = {
  ...ABOUT,
  range: { ...ABOUT.range, from: '2026-01-29' },
  total: { events: 15, sessions: 10, recovered: 4, recoveryRate: 40 },
  kinds: [
    {
      error: 'checkout_payment_error',
      step: 'payment',
      paymentMethod: 'credit_card',
      events: 9,
      sessions: 6,
      recovered: 3,
      recoveryRate: 50,
    },
    {
      error: 'checkout_identification_error',
      step: 'identification',
      paymentMethod: null,
      events: 6,
      sessions: 5,
      recovered: 1,
      recoveryRate: 20,
    },
  ],
  days: [
    { day: '2026-01-29', events: 10, sessions: 6, recovered: 3, recoveryRate: 50 },
    { day: '2026-01-30', events: 5, sessions: 4, recovered: 1, recoveryRate: 25 },
  ],
};

export const ABANDONED_CHECKOUTS_EXAMPLE: AbandonedCheckouts = {
  range: ABOUT.range,
  filters: { ...ABOUT.filters, quietMinutes: 30 },
  asOf: ABOUT.asOf,
  items: [
    {
      sessionId: 'session-1',
      offerId: 'offer-1',
      productId: 'product-1',
      producerId: 'producer-1',
      email: 'buyer@example.com',
      phone: null,
      stepReached: 'payment_started',
      paymentMethod: 'pix',
      checkoutType: '3steps',
      checkoutMode: 'transparent',
      fullHostname: 'shop.example.com',
      firstSeenAt: '2026-01-30T12:00:00.000Z',
      lastSeenAt: '2026-01-30T12:04:10.000Z',
    },
  ],
  nextCursor: null,
};

export const PERSONAL_DATA_ACCESSES_EXAMPLE: PersonalDataAccessPage = {
  items: [
    {
      at: '2026-02-03T09:15:00.120Z',
      callerKind: 'key',
      callerId: '0190b6a0-0000-7000-8000-000000000001',
      source: 'abandoned-checkouts',
      question: { from: '2026-01-01', to: '2026-01-30', ...ABOUT.filters, quietMinutes: 30 },
      items: 1,
    },
  ],
  nextCursor: null,
};
