import type { CheckoutEventDto, PaymentMethod } from '#libs/contracts';
import { type CheckoutVisit, CheckoutWalk } from './checkout-walk.js';
import type { Random } from './random.js';

const METHODS: readonly PaymentMethod[] = ['pix', 'credit_card', 'boleto'];
const SHARES: Readonly<Record<PaymentMethod, number>> = { pix: 46, credit_card: 44, boleto: 10 };

/** Everything that happens on a visit, in order, until the visitor has paid or leaves. */
export function checkoutSession(visit: CheckoutVisit, random: Random): CheckoutEventDto[] {
  const walk = new CheckoutWalk(visit, random);
  // Each answers whether the visitor goes on.
  if (opens(walk) && identifies(walk) && givesAddress(walk) && entersPayment(walk)) pays(walk);
  return walk.events;
}

function opens(walk: CheckoutWalk): boolean {
  walk.happens('checkout_page_view');
  if (walk.does(0.06)) walk.happens('checkout_page_view'); // loaded again: a fact of its own
  walk.happens('checkout_session_started');
  walk.passes(12);
  return walk.does(0.58);
}

function identifies(walk: CheckoutWalk): boolean {
  walk.knows({ step: 'identification' });
  if (walk.isInSteps) walk.happens('checkout_step_viewed');
  walk.happens('checkout_identification_started');
  walk.passes(25);
  if (walk.does(0.12)) {
    walk.happens('checkout_identification_error');
    if (!walk.does(0.8)) return false;
    walk.passes(10);
  }
  if (!walk.does(0.82)) return false;
  const { email, phone } = walk.visit.visitor;
  walk.knows({ email, phone });
  walk.happens('checkout_identification_filled');
  walk.happens('checkout_identification_completed');
  walk.knows({ step: 'address' });
  if (walk.isInSteps) walk.happens('checkout_step_advanced');
  return walk.does(0.95);
}

function givesAddress(walk: CheckoutWalk): boolean {
  if (walk.isInSteps) walk.happens('checkout_step_viewed');
  walk.happens('checkout_address_started');
  walk.passes(40);
  if (walk.does(0.09)) {
    walk.happens('checkout_address_error');
    if (!walk.does(0.85)) return false;
    walk.passes(15);
  }
  if (!walk.does(0.85)) return false;
  walk.happens('checkout_address_filled');
  if (walk.does(0.85)) walk.happens('checkout_shipping_method_selected');
  walk.happens('checkout_address_completed');
  if (walk.isInSteps && walk.does(0.06)) looksBack(walk);
  walk.knows({ step: 'payment' });
  if (walk.isInSteps) walk.happens('checkout_step_advanced');
  return walk.does(0.95);
}

function looksBack(walk: CheckoutWalk): void {
  walk.knows({ step: 'identification' });
  walk.happens('checkout_step_back');
  walk.passes(8);
  walk.knows({ step: 'address' });
  walk.happens('checkout_step_advanced');
}

/** Up to the click that is to pay. */
function entersPayment(walk: CheckoutWalk): boolean {
  if (walk.isInSteps) walk.happens('checkout_step_viewed');
  chooses(walk, 1);
  triesCoupon(walk);
  seesOrderBump(walk);
  if (walk.does(0.07)) chooses(walk, 1); // thinks better of it
  return walk.does(0.74);
}

/** `cardWeight` below 1 for those whose card was just refused. */
function chooses(walk: CheckoutWalk, cardWeight: number): void {
  const paymentMethod = walk.random.pickWeighted(
    METHODS,
    (method) => SHARES[method] * (method === 'credit_card' ? cardWeight : 1),
  );
  walk.knows({ paymentMethod });
  walk.happens('checkout_payment_method_selected');
  walk.passes(6);
  if (paymentMethod !== 'credit_card') return;
  walk.happens('checkout_payment_data_started');
  walk.passes(30);
  if (walk.does(0.14)) walk.happens('checkout_payment_data_error');
}

function triesCoupon(walk: CheckoutWalk): void {
  if (!walk.does(0.16)) return;
  walk.happens(walk.does(0.35) ? 'checkout_coupon_error' : 'checkout_coupon_applied');
  walk.passes(8);
}

function seesOrderBump(walk: CheckoutWalk): void {
  if (!walk.does(0.45)) return;
  walk.happens('checkout_order_bump_viewed');
  walk.passes(5);
  if (walk.does(0.22)) walk.happens('checkout_order_bump_accepted');
  else if (walk.does(0.5)) walk.happens('checkout_order_bump_declined');
}

/** A card may be refused; then some try again, many of them by another method. */
function pays(walk: CheckoutWalk): void {
  for (let tries = 1; ; tries++) {
    walk.happens('checkout_submit_clicked');
    walk.passes(3);
    if (!isRefused(walk)) break;
    walk.happens('checkout_payment_error');
    if (tries === 3 || !walk.does(0.6)) return;
    walk.passes(20);
    if (walk.does(0.4)) chooses(walk, 0.2);
  }
  succeeds(walk);
}

const isRefused = (walk: CheckoutWalk): boolean => walk.does(paysByCard(walk) ? 0.2 : 0.02);

const paysByCard = (walk: CheckoutWalk): boolean =>
  walk.events.at(-1)?.paymentMethod === 'credit_card';

/**
 * A card is paid now; of pix and boleto the conversion is that a code or a slip was made. Now and
 * then the older front end tells of the payment alone.
 */
function succeeds(walk: CheckoutWalk): void {
  const isCard = paysByCard(walk);
  if (isCard) walk.happens('checkout_payment_success');
  if (!isCard || walk.visit.describes || walk.does(0.9))
    walk.happens('checkout_conversion_success');
}
