import type { OfferFileFormat } from '#libs/contracts';

/** In which media type a file comes, by its format. */
export const MEDIA_TYPES: Readonly<Record<string, OfferFileFormat>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
};
