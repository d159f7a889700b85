/**
 * The JSON text of a parsed payload, cut to `mostBytes` of UTF-8. Not masked.
 *
 * Without recursion, because `JSON.stringify` throws on nesting that fits a body limit; stops
 * when it has enough. Never throws on what `JSON.parse` answers.
 */
export function boundedText(payload: unknown, mostBytes: number): string {
  const waiting: Piece[] = [{ value: payload }];
  let text = '';
  while (text.length < mostBytes) {
    const piece = waiting.pop();
    if (piece === undefined) break;
    if (typeof piece === 'string') text += piece;
    else if (typeof piece.value === 'object' && piece.value !== null) open(piece.value, waiting);
    else text += scalar(piece.value, mostBytes);
  }
  return cut(text, mostBytes);
}

/** Text that is ready, or a value to write. */
type Piece = string | { readonly value: unknown };

/** Puts a container's pieces on the stack, the first on top. */
function open(container: object, waiting: Piece[]): void {
  const isList = Array.isArray(container);
  waiting.push(isList ? ']' : '}');
  const entries = Object.entries(container);
  for (let i = entries.length - 1; i >= 0; i -= 1) {
    const [key, value] = entries[i] as [string, unknown];
    const comma = i === 0 ? '' : ',';
    waiting.push({ value }, isList ? comma : `${comma}${JSON.stringify(key)}:`);
  }
  waiting.push(isList ? '[' : '{');
}

/** A text is cut before it is quoted: it has at least as many bytes as UTF-16 units. */
const scalar = (value: unknown, most: number): string =>
  JSON.stringify(typeof value === 'string' ? value.slice(0, most) : value) ?? 'null';

/** Never in the middle of a character: a decoder that waits for more leaves half a one out. */
const cut = (text: string, mostBytes: number): string =>
  Buffer.byteLength(text) <= mostBytes
    ? text
    : new TextDecoder('utf-8', { ignoreBOM: true }).decode(
        Buffer.from(text).subarray(0, mostBytes),
        { stream: true },
      );
