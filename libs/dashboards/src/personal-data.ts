import { isIPv6 } from 'node:net';
import { MASKED, maskedText, SENSITIVE } from '#libs/platform';

/** What stands instead of a value that is personal as a whole where the caller may not read it. */
export const REDACTED = '[redacted]';

/** Names of fields that hold personal data in an event, beyond those that no log may show. */
const PERSONAL =
  /addr|endere|street|postal|zip_?code|^cep$|cpf|cnpj|(first|last|full|sur|user|customer|buyer|holder)_?name/i;

/** Behind a letter and a slash it is the version of a browser. */
const IP_V4 = /(?<![\w.]|[A-Za-z]\/)\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)/g;

/** Times of day look like this too. */
const IP_V6 = /(?<![\w:])(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}(?![\w:])/gi;

/** Such a name and its value inside a text, as in the query of a URL. */
const ASSIGNED = new RegExp(`((?:${SENSITIVE.source})[\\w.-]{0,32}=)[^&#\\s"']+`, 'gi');

/** Deeper than any door lets through. */
const MOST_LEVELS = 64;

/**
 * What was sent, as those may see it who may not read personal data: e-mail addresses, telephone
 * and card numbers, IP addresses, and what stands in fields named like any of these or like a
 * postal address are masked, however deep they stand, names of fields and JSON in texts included.
 *
 * A telephone number of bare digits, under a name that does not say so, is shown.
 */
export function masked(value: unknown, level = 0): unknown {
  if (typeof value === 'string') return maskedString(value, level);
  if (typeof value === 'number')
    return maskedWords(String(value)) === String(value) ? value : MASKED;
  if (typeof value !== 'object' || value === null) return value;
  if (level === MOST_LEVELS) return MASKED;
  if (Array.isArray(value)) return value.map((each) => masked(each, level + 1));
  const entries = Object.entries(value).map(([name, each]) => [
    maskedWords(name),
    isPersonal(name) && each !== null && each !== '' ? MASKED : masked(each, level + 1),
  ]);
  return Object.fromEntries(entries) as unknown;
}

/** Any text but JSON. */
const maskedWords = (text: string): string =>
  maskedText(text.replace(ASSIGNED, `$1${MASKED}`), text.length)
    .replace(IP_V4, MASKED)
    .replace(IP_V6, (found) => (isIPv6(found) ? MASKED : found));

const isPersonal = (name: string): boolean => SENSITIVE.test(name) || PERSONAL.test(name);

/** Some fields of a contract hold JSON as text. */
function maskedString(text: string, level: number): string {
  if (!/^\s*[[{]/.test(text)) return maskedWords(text);
  try {
    return JSON.stringify(masked(JSON.parse(text), level + 1));
  } catch {
    return maskedWords(text);
  }
}
