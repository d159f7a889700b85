/** Enough for the producers of a platform, or the products of a page's neighbours. */
const MOST_REMEMBERED = 10_000;

/**
 * Answers one and the same string for texts that are equal: a million offers name a few thousand
 * producers, and the database brings each name anew. Forgets all of them now and then, so that
 * texts of which no two are equal cost nothing in the long run.
 */
export class SharedTexts {
  private readonly known = new Map<string, string>();

  of(text: string): string {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    if (this.known.size === MOST_REMEMBERED) this.known.clear();
    this.known.set(text, text);
    return text;
  }
}
