/** Stands for a value that a log must not show. */
export const MASKED = '[masked]';

/** Names of fields whose value is never shown, whatever it is. */
export const SENSITIVE =
  /mail|phone|fone|celular|whatsapp|password|secret|token|authorization|cookie|cvv|cvc/i;

/** Looked at beyond the cut, so that half an address is never left at the end. */
const LONGEST_ADDRESS = 320;

/** Begins only where the one before is no part of it, which keeps the search linear. */
const ADDRESS = /(?<![^\s@"'<>(),;:=&?/])[^\s@"'<>(),;:=&?/]+(?:@|%40)[^\s@"'<>(),;&]+/g;

/** Digits as cards print them. No issuer's numbers begin with 0 or 1; times in milliseconds do. */
const CARD = /(?<!\d)[2-9](?:[\s.-]?\d){12,18}(?!\d)/g;

/** With a sign or a code in brackets, or as it is written in Brazil; bare digits may be anything. */
const TELEPHONE =
  /(?<![\w+])(?:\+\d(?:[\s().-]{0,2}\d){7,14}|\(\d{2,4}\)\s?\d{3,5}[\s.-]?\d{4}|\d{2}\s9?\d{4}[\s.-]?\d{4})(?!\w)/g;

/** Keys of ours and signed tokens by their shape: some send them in a place that is not for them. */
const CREDENTIALS = /ff_[0-9a-f]{32}_[\w-]*|eyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g;

const LONE_SURROGATES = /\p{Surrogate}/gu;

/**
 * `text` without credentials, e-mail addresses, card and telephone numbers, cut to `most` UTF-16 units. A
 * telephone number of bare digits is shown.
 */
export function maskedText(text: string, most: number): string {
  const shown = text
    .slice(0, most + LONGEST_ADDRESS)
    .replace(CREDENTIALS, MASKED)
    .replace(ADDRESS, MASKED)
    .replace(CARD, (found) => (holdsCardNumber(found) ? MASKED : found))
    .replace(TELEPHONE, MASKED);
  const cut = shown.length <= most ? shown : `${shown.slice(0, most)}…`;
  return cut.replace(LONE_SURROGATES, '\ufffd');
}

/** As a whole, or with something short behind it, such as its month of expiry. */
function holdsCardNumber(found: string): boolean {
  const digits = found.replace(/\D/g, '');
  return [digits.length, 16, 15].some((length) => passesLuhn(digits.slice(0, length)));
}

/** The check digit of card numbers: one number in ten passes by chance. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let fromEnd = 1; fromEnd <= digits.length; fromEnd += 1) {
    const digit = Number(digits[digits.length - fromEnd]) * (fromEnd % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
