// Generated from libs/contracts/openapi.json by `npm run client:types`.

import type { CheckoutEventName } from './types.js';

/** What is sent as `eventDescription`, where the page says nothing else. */
export const CHECKOUT_EVENT_DESCRIPTIONS: Readonly<Record<CheckoutEventName, string>> = {
  checkout_page_view: 'Checkout page viewed',
  checkout_session_started: 'Checkout session started',
  checkout_identification_started: 'Identification started',
  checkout_identification_filled: 'Identification filled in',
  checkout_identification_error: 'Identification error',
  checkout_identification_completed: 'Identification completed',
  checkout_address_started: 'Address started',
  checkout_address_filled: 'Address filled in',
  checkout_address_error: 'Address error',
  checkout_shipping_method_selected: 'Shipping method selected',
  checkout_address_completed: 'Address completed',
  checkout_step_viewed: 'Step viewed',
  checkout_step_advanced: 'Step advanced',
  checkout_step_back: 'Step back',
  checkout_payment_method_selected: 'Payment method selected',
  checkout_payment_data_started: 'Payment data started',
  checkout_payment_data_error: 'Payment data error',
  checkout_coupon_applied: 'Coupon applied',
  checkout_coupon_error: 'Coupon error',
  checkout_order_bump_viewed: 'Order bump viewed',
  checkout_order_bump_accepted: 'Order bump accepted',
  checkout_order_bump_declined: 'Order bump declined',
  checkout_submit_clicked: 'Submit clicked',
  checkout_payment_success: 'Payment succeeded',
  checkout_conversion_success:
    'Checkout converted: card paid, Pix QR code page shown or boleto generated',
  checkout_payment_error: 'Payment error',
};
