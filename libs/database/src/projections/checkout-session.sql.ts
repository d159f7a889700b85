/** What the columns of `checkout_sessions` mean together. */

/** When a session converted, null where it did not. A payment counts only where no conversion was sent. */
export const CONVERTED_AT = 'coalesce(conversion_succeeded_at, payment_succeeded_at)';

/** A session's payment method; null where it says none. */
export const SESSION_PAYMENT_METHOD = 'coalesce(submitted_method, settled_method, selected_method)';
