import { majorUnits } from '../major-units.js';

/** An order, as it is told to Footfall. What is left out is sent empty, as the Go client sends it. */
export interface Order {
  readonly id: string;
  /** Whose shop. */
  readonly orgId: string;
  readonly userId?: string | undefined;
  /** As the buyer typed it. */
  readonly email?: string | undefined;
  /** In major units: 59.97. */
  readonly total: number;
  readonly currency: string;
  readonly items?: readonly OrderItem[] | undefined;
  readonly status?: string | undefined;
  /** The checkout session in which it was placed, where known: it joins the order to the funnel. */
  readonly sessionId?: string | undefined;
}

export interface OrderItem {
  readonly productId: string;
  readonly productName?: string | undefined;
  readonly sku?: string | undefined;
  readonly quantity: number;
  /** Of one, in major units. */
  readonly price: number;
}

/** A line of an order whose price is in minor units. */
export interface LineItemInfo {
  readonly productId: string;
  readonly productName?: string | undefined;
  readonly sku?: string | undefined;
  readonly quantity: number;
  /** Of one, in minor units of the currency. */
  readonly priceCents: number;
}

/**
 * Items with their price in major units: 1999 becomes 19.99, and ¥1999 stays 1999 where the currency
 * is told.
 *
 * @throws RangeError for a price that is no whole number.
 */
export const toOrderItems = (
  items: readonly LineItemInfo[],
  currency: string = 'USD',
): OrderItem[] =>
  items.map(({ priceCents, ...item }) => ({
    ...item,
    price: majorUnits(priceCents, currency, 'priceCents'),
  }));
