import { createHash } from 'node:crypto';

/**
 * Hex SHA-256 of the text in lower case without white space around it, as Meta wants e-mail
 * addresses; empty for blank text.
 */
export function sha256Hex(text: string): string {
  const normalised = text.trim().toLowerCase();
  return normalised === '' ? '' : createHash('sha256').update(normalised).digest('hex');
}
