/** What sessions are told apart by, in the words of the filters. */
export const CHECKOUT_DIMENSIONS = [
  'offerId',
  'productId',
  'producerId',
  'checkoutType',
  'checkoutMode',
  'paymentMethod',
  'fullHostname',
] as const;
export type CheckoutDimension = (typeof CHECKOUT_DIMENSIONS)[number];

/** The way through a checkout, from the first event of a session on. */
export const CHECKOUT_FUNNEL_STEPS = [
  'session',
  'identification_started',
  'identification_completed',
  'address_started',
  'address_completed',
  'payment_started',
  'submitted',
  'conversion',
] as const;
export type CheckoutFunnelStep = (typeof CHECKOUT_FUNNEL_STEPS)[number];

/** `any`: whoever did the step. `strict`: whoever did all the steps before it too, in this order. */
export const FUNNEL_ORDERS = ['any', 'strict'] as const;
export type FunnelOrder = (typeof FUNNEL_ORDERS)[number];

export const COMPARISONS = ['previous_period'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export const TIMELINE_UNITS = ['day', 'hour'] as const;
export type TimelineUnit = (typeof TIMELINE_UNITS)[number];
