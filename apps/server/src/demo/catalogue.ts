/** An offer of the demo, as it is put into the catalogue, with how often it is visited. */
export interface DemoOffer {
  readonly offerId: string;
  readonly productId: string;
  readonly producerId: string;
  readonly weight: number;
}

/** What is sold. The first names are those that the examples of the contract use. */
const PRODUCTS: Readonly<Record<string, readonly string[]>> = {
  'producer-1': ['product-1', 'product-2', 'product-3'],
  'atelier-aurora': ['watercolour-course', 'sketchbook', 'portrait-masterclass'],
  'green-kitchen': ['meal-plan', 'sourdough-course', 'spice-box'],
  'north-trail': ['trail-guide', 'rain-jacket', 'camping-weekend'],
  'quiet-strings': ['guitar-method', 'songbook', 'ukulele-starter'],
  'tidy-code': ['typescript-course', 'testing-workshop', 'career-mentoring'],
};

/** How a product is offered, with how often such offers are visited. */
const WAYS: readonly (readonly [string, number])[] = [
  ['', 1],
  ['-bundle', 0.5],
  ['-promo', 0.3],
];

/** Of the first product of the first producer the plain offer is `offer-1`. */
const offerIdOf = (productId: string, way: string): string =>
  productId.replace(/^product-/, 'offer-') + way;

/** The catalogue of every demo, whatever its seed: later products are visited less than earlier. */
export const DEMO_OFFERS: readonly DemoOffer[] = Object.entries(PRODUCTS).flatMap(
  ([producerId, products]) =>
    products.flatMap((productId, rank) =>
      WAYS.map(([way, weight]) => ({
        offerId: offerIdOf(productId, way),
        productId,
        producerId,
        weight: weight / (rank + 1),
      })),
    ),
);

/** Nobody put this one: events that name it wait for it. */
export const UNKNOWN_OFFER_ID = 'next-season-early-bird';
