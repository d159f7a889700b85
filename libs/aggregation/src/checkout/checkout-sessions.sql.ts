import { CHECKOUT_ERRORS, type CheckoutEventName, type CheckoutStep } from '#libs/contracts';
import { type CheckoutSessionEntity, IS_PRODUCTION, isAhead } from '#libs/database';
import type { Fold } from '../projections/fold.js';
import {
  ever,
  firstOnes,
  firstTime,
  firstValue,
  type FoldedColumn,
  foldStatement,
  lastTime,
  lastValue,
  mendStatement,
  pruneStatement,
} from '../projections/fold.sql.js';
import {
  eventsBetween,
  eventsOfBatches,
  inSlice,
  OLDEST_BATCH,
  rawBetween,
} from '../projections/event-source.sql.js';
import { CHECKOUT_DIFFERENCES } from './checkout-differences.sql.js';
import { EVENT_NAMES } from './event-names.sql.js';

const is = (...names: readonly CheckoutEventName[]): string =>
  `event_name IN (${names.map((name) => `'${name}'`).join(', ')})`;
const stepViewed = (step: CheckoutStep): string =>
  `${is('checkout_step_viewed')} AND step = '${step}'`;
/** `step_advanced` carries the new step. */
const advancedTo = (step: CheckoutStep): string =>
  `${is('checkout_step_advanced')} AND step = '${step}'`;
const either = (...conditions: readonly string[]): string =>
  conditions.map((condition) => `(${condition})`).join(' OR ');

const SUBMITTED = is('checkout_submit_clicked');
const SETTLED = is('checkout_payment_success', 'checkout_payment_error');
const SELECTED = is('checkout_payment_method_selected');
const naming = (condition: string): string => `${condition} AND payment_method IS NOT NULL`;

const LEAVES_CONTACT = "coalesce(email, '') <> '' OR coalesce(phone, '') <> ''";

/** Whoever sends more of them in one session is no buyer. */
const MOST_ERRORS = 100;

/** Texts that sort by time; the id, which may hold spaces, stands last. */
const ERROR = `lpad((extract(epoch FROM event_timestamp) * 1000)::bigint::text, 13, '0') || ' ' ||
  event_name || ' ' || coalesce(step, '-') || ' ' || event_id`;

const KEY = ['sessionId', 'offerId'] as const;

/** What is known of a session, and when what happened in it first. */
const columns: Record<Exclude<keyof CheckoutSessionEntity, (typeof KEY)[number]>, FoldedColumn> = {
  firstSeenAt: firstTime(),
  lastSeenAt: lastTime(),
  lastReceivedAt: { ...lastTime(), select: 'max(received_at)' },
  productId: firstValue('product_id', 'first_seen_at'),
  producerId: firstValue('producer_id', 'first_seen_at'),
  executionEnvironment: firstValue('execution_environment', 'first_seen_at'),
  fullHostname: firstValue('full_hostname', 'first_seen_at'),
  checkoutType: firstValue('checkout_type', 'checkout_type_at'),
  checkoutTypeAt: firstTime('checkout_type IS NOT NULL'),
  checkoutMode: firstValue('checkout_mode', 'checkout_mode_at'),
  checkoutModeAt: firstTime('checkout_mode IS NOT NULL'),
  isProduction: ever(IS_PRODUCTION),
  hasContact: ever(LEAVES_CONTACT),
  hasContactAhead: ever(`(${LEAVES_CONTACT}) AND ${isAhead('event_timestamp')}`),
  submittedMethod: lastValue('payment_method', 'submitted_method_at', SUBMITTED),
  submittedMethodAt: lastTime(naming(SUBMITTED)),
  settledMethod: lastValue('payment_method', 'settled_method_at', SETTLED),
  settledMethodAt: lastTime(naming(SETTLED)),
  selectedMethod: lastValue('payment_method', 'selected_method_at', SELECTED),
  selectedMethodAt: lastTime(naming(SELECTED)),
  pageViewedAt: firstTime(is('checkout_page_view')),
  sessionStartedAt: firstTime(is('checkout_session_started')),
  identificationStartedAt: firstTime(
    either(is('checkout_identification_started'), stepViewed('identification')),
  ),
  identificationCompletedAt: firstTime(
    either(
      is('checkout_identification_completed', 'checkout_identification_filled'),
      advancedTo('address'),
    ),
  ),
  identificationErrorAt: firstTime(is('checkout_identification_error')),
  addressStartedAt: firstTime(either(is('checkout_address_started'), stepViewed('address'))),
  addressCompletedAt: firstTime(
    either(is('checkout_address_completed', 'checkout_address_filled'), advancedTo('payment')),
  ),
  addressErrorAt: firstTime(is('checkout_address_error')),
  shippingSelectedAt: firstTime(is('checkout_shipping_method_selected')),
  paymentStartedAt: firstTime(
    either(
      is('checkout_payment_method_selected', 'checkout_payment_data_started'),
      stepViewed('payment'),
    ),
  ),
  paymentDataErrorAt: firstTime(is('checkout_payment_data_error')),
  paymentErrorAt: firstTime(is('checkout_payment_error')),
  submittedAt: firstTime(SUBMITTED),
  paymentSucceededAt: firstTime(is('checkout_payment_success')),
  conversionSucceededAt: firstTime(is('checkout_conversion_success')),
  steppedBackAt: firstTime(is('checkout_step_back')),
  couponAppliedAt: firstTime(is('checkout_coupon_applied')),
  couponErrorAt: firstTime(is('checkout_coupon_error')),
  orderBumpViewedAt: firstTime(is('checkout_order_bump_viewed')),
  orderBumpAcceptedAt: firstTime(is('checkout_order_bump_accepted')),
  orderBumpDeclinedAt: firstTime(is('checkout_order_bump_declined')),
  eventNames: EVENT_NAMES,
  errors: firstOnes(ERROR, is(...CHECKOUT_ERRORS), MOST_ERRORS),
};

const facts = {
  table: 'checkout_sessions',
  key: KEY,
  columns,
  dayOf: 'firstSeenAt',
  rollups: [
    'checkout-funnel-daily',
    'checkout-funnel-hourly',
    'checkout-totals-daily',
    'checkout-errors-daily',
    'checkout-events-daily',
    'checkout-payments-daily',
  ],
};

const ofEvents = { ...facts, eventsUntil: 'lastSeenAt' };
const slice = inSlice('session_id');
const between = (from: string, end: string): string =>
  `${eventsBetween('checkout', 'checkout-sessions', [from, end])} AND ${slice}`;
const source = between('$1', '$2');

/** Checkout events to `checkout_sessions`: one row a session and offer. */
export const CHECKOUT_SESSIONS: Fold = {
  id: 'checkout-sessions',
  contract: 'checkout',
  foldBatches: foldStatement(ofEvents, eventsOfBatches('checkout'), OLDEST_BATCH),
  foldNewBatches: foldStatement(
    ofEvents,
    eventsOfBatches('checkout'),
    OLDEST_BATCH,
    CHECKOUT_DIFFERENCES,
  ),
  recount: {
    events: rawBetween('checkout'),
    prune: pruneStatement(facts, { source, slice, lastTimeOf: 'lastSeenAt' }),
    fold: foldStatement(facts, source),
    mend: mendStatement(facts, {
      ofTheDay: between('$1', '$5'),
      ofTheDayAfter: between('$5', '$2'),
      slice,
      lastTimeOf: 'lastSeenAt',
    }),
  },
};
