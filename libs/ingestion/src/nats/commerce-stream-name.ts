/** Beside the code that speaks to NATS, which is loaded only where there is one. */
export const COMMERCE_STREAM = 'COMMERCE';
