import type { ExportFormat } from '#libs/contracts';

/** In which media type a file goes, by its format. */
export const MEDIA_TYPES: Readonly<Record<string, ExportFormat>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
};
