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
