import * as fc from 'fast-check';

const STORABLE = /^[^\0\p{Surrogate}]*$/u;
const padding = fc.constantFrom('', ' ', '\t', '\n', '\u00a0', '\ufeff', '\u2003');

/** Text that PostgreSQL stores, as untidy as senders are; at most `most` characters when trimmed. */
export const storable = (most: number) =>
  fc
    .tuple(padding, fc.string({ unit: 'binary', maxLength: most }), padding)
    .map(([before, text, after]) => before + text + after)
    .filter((text) => STORABLE.test(text));

/** Such text that is not blank. */
export const present = (most: number) => storable(most).filter((text) => text.trim() !== '');

/** What may also be null, which is absence. */
export const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

/** JSON that PostgreSQL stores exactly: no text is changed, no number loses digits. */
export const storableJson: fc.Arbitrary<Record<string, unknown>> = fc
  .dictionary(fc.string({ unit: 'binary', maxLength: 20 }), fc.jsonValue({ maxDepth: 3 }), {
    maxKeys: 6,
  })
  .map((json) => JSON.stringify(json))
  .filter(
    (text) =>
      !/\\u(?:0000|d[89a-f])/i.test(text) &&
      !text.includes('"__proto__"') &&
      !/[.eE]\d{17}/.test(text),
  )
  // JSON knows no -0: what is drawn is what it says.
  .map((text) => JSON.parse(text) as Record<string, unknown>);
