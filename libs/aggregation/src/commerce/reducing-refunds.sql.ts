/**
 * A refund that can be read, of an order that is income, in the order's currency: no other one
 * reduces it. Of two aliases, the refund's fact and the order or its completion.
 */
export const reduces = (refund: string, order: string): string =>
  `${refund}.amount_minor IS NOT NULL AND ${order}.amount_minor IS NOT NULL ` +
  `AND ${refund}.currency = ${order}.currency`;
