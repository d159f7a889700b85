/** How the back end of a shop tells of its orders. */
export type Wire = 'nats' | 'http client' | 'both' | 'posted';

/** A shop: the organization that a producer sells as. */
export interface Shop {
  readonly organizationId: string;
  readonly currency: string;
  /** Of its first product, in major units; the others follow from it. */
  readonly price: number;
  readonly wire: Wire;
}

/** What somebody bought. */
export interface Order {
  readonly orderId: string;
  readonly shop: Shop;
  readonly productId: string;
  readonly offerId: string;
  /** In major units of `currency`, which for a few is none that anybody knows. */
  readonly price: number;
  readonly currency: string;
  readonly userId: string;
  readonly email: string;
  /** Of the checkout that it came from, where there was one. */
  readonly sessionId: string | null;
}

/** By producer. One of them counts in yen, and one sends envelopes over HTTP. */
const SHOPS: Readonly<Record<string, Omit<Shop, 'organizationId'>>> = {
  'producer-1': { currency: 'BRL', price: 197, wire: 'both' },
  'atelier-aurora': { currency: 'BRL', price: 349.9, wire: 'nats' },
  'green-kitchen': { currency: 'USD', price: 39, wire: 'nats' },
  'north-trail': { currency: 'USD', price: 59.97, wire: 'both' },
  'quiet-strings': { currency: 'JPY', price: 4800, wire: 'http client' },
  'tidy-code': { currency: 'USD', price: 129, wire: 'posted' },
};

/** @throws RangeError for a producer that the catalogue of the demo lacks. */
export function shopOf(producerId: string): Shop {
  const shop = SHOPS[producerId];
  if (shop === undefined) throw new RangeError(`the demo has no shop of ${producerId}`);
  return { organizationId: producerId, ...shop };
}

export const DEMO_SHOPS: readonly Shop[] = Object.keys(SHOPS).map(shopOf);

/** What an offer costs: bundles are dearer, promotions cheaper, and yen have no decimals. */
export function priceOf({ currency, price }: Shop, offerId: string): number {
  const factor = offerId.endsWith('-bundle') ? 1.8 : offerId.endsWith('-promo') ? 0.7 : 1;
  const decimals = currency === 'JPY' ? 0 : 2;
  return Number((price * factor).toFixed(decimals));
}
