const CHARSETS = new Set(['charset=utf-8', 'charset="utf-8"']);

/**
 * Whether a body is declared to be JSON in UTF-8: `application/json`, alone or with that charset.
 *
 * The strictness is also the gate against cross-site posting: what a form or a plain-text post can
 * declare needs no preflight.
 */
export const isJson = (contentType: string | undefined): boolean =>
  isInUtf8(contentType, 'application/json');

/** Whether a body is declared to be of this media type: alone, or with the charset UTF-8. */
export function isInUtf8(contentType: string | undefined, mediaType: string): boolean {
  if (contentType === mediaType) return true;
  if (contentType === undefined) return false;
  const [type, charset, ...others] = contentType.toLowerCase().split(';');
  return (
    type?.trim() === mediaType &&
    (charset === undefined || CHARSETS.has(charset.trim())) &&
    others.length === 0
  );
}

const ENCODINGS = new Map<string, 'identity' | 'gzip'>([
  ['', 'identity'],
  ['identity', 'identity'],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
]);

/** How the body is packed; null for what the door does not unpack. */
export function encodingOf(contentEncoding: string | undefined): 'identity' | 'gzip' | null {
  if (contentEncoding === undefined) return 'identity';
  return ENCODINGS.get(contentEncoding.trim().toLowerCase()) ?? null;
}
