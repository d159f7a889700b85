/** What the catalogue knows, as its paths spell it. */
export const CATALOG_KINDS = ['assets', 'creators', 'users', 'brands', 'licenses'] as const;
export type CatalogKindName = (typeof CATALOG_KINDS)[number];

/** Where an entry comes from: an administrator put it, or events announced it. */
export const CATALOG_SOURCES = ['endpoint', 'event'] as const;
export type CatalogSource = (typeof CATALOG_SOURCES)[number];

/** In characters. What an event says beyond them is not taken into the catalogue. */
export const MOST_OF_AN_ID = 200;
export const MOST_OF_A_NAME = 300;
export const MOST_OF_A_TITLE = 500;
