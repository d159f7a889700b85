const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/**
 * What came in full of a JSON text that was cut: a member that the cut went through is left out.
 * Undefined where the text is no beginning of JSON.
 */
export function parsedBeginning(text: string): unknown {
  const open: string[] = [];
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') {
      at = endOfText(text, at);
    } else if (character === ',') {
      end = at;
    } else if (character === '{' || character === '[') {
      open.push(character);
      end = at + 1;
    } else if (character === '}' || character === ']') {
      open.pop();
      end = at + 1;
    }
  }
  // Behind `end` no bracket stands, so that those open there are those open at the end of all.
  const closing = open.map((bracket) => CLOSING[bracket]).toReversed();
  try {
    return JSON.parse(text.slice(0, end) + closing.join('')) as unknown;
  } catch {
    return undefined;
  }
}

/** Where the text that begins at `at` ends; the end of all where the cut went through it. */
function endOfText(text: string, at: number): number {
  for (let next = at + 1; next < text.length; next += 1) {
    if (text[next] === '\\') next += 1;
    else if (text[next] === '"') return next;
  }
  return text.length;
}
