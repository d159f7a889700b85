import {
  CHECKOUT_EVENT_NAMES,
  type CheckoutEventName,
} from '../../checkout/checkout-event.catalogue.js';
import type { CheckoutSummary } from './checkout-summary.dto.js';

/** Name → events and sessions; names that are not here did not happen. */
const HAPPENED: Partial<Record<CheckoutEventName, readonly [count: number, sessions: number]>> = {
  checkout_page_view: [1310, 1200],
  checkout_session_started: [1200, 1200],
  checkout_identification_completed: [540, 520],
  checkout_payment_method_selected: [430, 360],
  checkout_submit_clicked: [310, 290],
  checkout_payment_error: [70, 52],
  checkout_conversion_success: [246, 246],
};

const eventsByName = CHECKOUT_EVENT_NAMES.map((eventName) => {
  const [count, sessions] = HAPPENED[eventName] ?? [0, 0];
  return { eventName, count, sessions };
});

/** An answer that Swagger shows: its figures fit together. */
export const CHECKOUT_SUMMARY_EXAMPLE: CheckoutSummary = {
  range: { from: '2026-01-01', to: '2026-01-30', timeZone: 'UTC', isLastDayIncomplete: false },
  filters: { offerId: 'offer-1', producerId: null, productId: null, traffic: 'production' },
  asOf: '2026-02-03T09:15:00.120Z',
  newestReceivedAt: '2026-01-30T23:59:58.004Z',
  sessions: 1200,
  events: 4106,
  eventsByName,
  conversions: 246,
  conversionRate: 20.5,
  leftOut: { nonProductionEvents: 35, nonProductionSessions: 9 },
};
