let sequence = 0;

/** Counts from 1, over all contracts of a run: nothing that is made from it comes twice. */
export const nextNumber = () => ++sequence;

/** Never the same twice, and spread over the key like the random ids of real senders. */
export const idOf = (n) => {
  const spread = (Math.imul(n, 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
  return `${spread}-8d0e-4b6f-9c1d-${String(n).padStart(12, '0')}`;
};

/** A session of several events. */
export const sessionOf = (prefix, n, events) => `${prefix}_${Math.trunc(n / events).toString(36)}`;

/** What a row says of its request. */
export const receiptRow = (now = new Date().toISOString()) => ({
  received_at: now,
  ip_address: '127.0.0.1',
  user_agent: 'Mozilla/5.0 (X11; Linux x86_64) bench',
});
