/**
 * The JSON text of a parsed payload, cut to `mostBytes` of UTF-8. Not masked.
 *
 * Without recursion, because `JSON.stringify` throws on nesting that fits a body limit; what lies
 * behind the cut is not looked at. Never throws on what `JSON.parse` answers.
 */
export function boundedText(payload: unknown, mostBytes: number): string {
  const open: OpenContainer[] = [];
  let text = '';
  const write = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) text += scalar(value, mostBytes);
    else {
      const container = new OpenContainer(value);
      open.push(container);
      text += container.begin;
    }
  };
  write(payload);
  // As many bytes as UTF-16 units, at least.
  while (text.length < mostBytes) {
    const container = open.at(-1);
    if (!container) break;
    const entry = container.next();
    if (entry) {
      text += entry.before;
      write(entry.value);
    } else {
      text += container.end;
      open.pop();
    }
  }
  return textWithin(text, mostBytes);
}

/** A list or an object of which some entries are written. */
class OpenContainer {
  readonly begin: string;
  readonly end: string;
  private readonly keys: readonly string[] | null;
  private written = 0;

  constructor(private readonly container: object) {
    this.keys = Array.isArray(container) ? null : Object.keys(container);
    this.begin = this.keys ? '{' : '[';
    this.end = this.keys ? '}' : ']';
  }

  /** The next entry with what stands before its value; null after the last. */
  next(): { readonly before: string; readonly value: unknown } | null {
    const { keys, written } = this;
    const entries = (keys ?? this.container) as readonly unknown[];
    if (written === entries.length) return null;
    this.written += 1;
    const comma = written === 0 ? '' : ',';
    if (!keys) return { before: comma, value: entries[written] };
    const key = keys[written] as string;
    const value = (this.container as Readonly<Record<string, unknown>>)[key];
    return { before: `${comma}${JSON.stringify(key)}:`, value };
  }
}

/** A text is cut before it is quoted: it has at least as many bytes as UTF-16 units. */
const scalar = (value: unknown, most: number): string =>
  JSON.stringify(typeof value === 'string' ? value.slice(0, most) : value) ?? 'null';

/** The text, cut to so many bytes of UTF-8, never in the middle of a character. */
export const textWithin = (text: string, mostBytes: number): string =>
  Buffer.byteLength(text) <= mostBytes
    ? text
    : // a decoder that waits for more leaves half a character out
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(
        Buffer.from(text).subarray(0, mostBytes),
        { stream: true },
      );
