/**
 * Closed value lists of the checkout contract. Adding a value here is the whole change; a name at
 * the end, because sessions keep the places of theirs.
 */
export const CHECKOUT_EVENT_NAMES = [
  'checkout_page_view',
  'checkout_session_started',
  'checkout_identification_started',
  'checkout_identification_filled',
  'checkout_identification_error',
  'checkout_identification_completed',
  'checkout_address_started',
  'checkout_address_filled',
  'checkout_address_error',
  'checkout_shipping_method_selected',
  'checkout_address_completed',
  'checkout_step_viewed',
  'checkout_step_advanced',
  'checkout_step_back',
  'checkout_payment_method_selected',
  'checkout_payment_data_started',
  'checkout_payment_data_error',
  'checkout_coupon_applied',
  'checkout_coupon_error',
  'checkout_order_bump_viewed',
  'checkout_order_bump_accepted',
  'checkout_order_bump_declined',
  'checkout_submit_clicked',
  'checkout_payment_success',
  'checkout_conversion_success',
  'checkout_payment_error',
] as const;
export type CheckoutEventName = (typeof CHECKOUT_EVENT_NAMES)[number];

/**
 * What front ends say of each event: the official texts of `eventDescription`, as the client sends
 * them. Short, because they are part of every page that uses it; never checked at the door.
 */
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

/** Those that say that something went wrong. */
export const CHECKOUT_ERRORS = [
  'checkout_identification_error',
  'checkout_address_error',
  'checkout_payment_data_error',
  'checkout_payment_error',
  'checkout_coupon_error',
] as const satisfies readonly CheckoutEventName[];
export type CheckoutError = (typeof CHECKOUT_ERRORS)[number];

export const CHECKOUT_TYPES = ['standard', '3steps'] as const;
export type CheckoutType = (typeof CHECKOUT_TYPES)[number];

export const CHECKOUT_MODES = ['embedded', 'transparent', 'sandbox', 'development'] as const;
export type CheckoutMode = (typeof CHECKOUT_MODES)[number];

export const EXECUTION_ENVIRONMENTS = ['production', 'sandbox', 'development'] as const;
export type ExecutionEnvironment = (typeof EXECUTION_ENVIRONMENTS)[number];

export const CHECKOUT_STEPS = ['identification', 'address', 'payment'] as const;
export type CheckoutStep = (typeof CHECKOUT_STEPS)[number];

export const PAYMENT_METHODS = ['credit_card', 'pix', 'boleto'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];
