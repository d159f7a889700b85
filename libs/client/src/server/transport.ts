import type { Address } from './address.js';

/** What came back, if anything did. */
export type Answer =
  | { readonly status: number; readonly retryAfter: string | null; readonly text: string }
  | { readonly status: 0; readonly trouble: unknown };

/** Posts JSON to Footfall, over connections that `fetch` keeps open. */
export class Transport {
  private readonly underWay = new Set<AbortController>();

  constructor(
    private readonly address: Address,
    private readonly timeoutMs: number,
  ) {}

  /** Never rejects. */
  async post(path: string, body: string): Promise<Answer> {
    const { base, headers } = this.address;
    const ending = new AbortController();
    const late = new Error(`No answer within ${this.timeoutMs} ms`);
    const timer = setTimeout(() => ending.abort(late), this.timeoutMs);
    this.underWay.add(ending);
    try {
      const response = await fetch(base + path, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual', // which would be followed with a GET, and that answers 200 somewhere
        signal: ending.signal,
      });
      const { status } = response;
      // A body that is not read to its end costs the connection.
      return {
        status,
        retryAfter: response.headers.get('retry-after'),
        text: await response.text(),
      };
    } catch (trouble) {
      return { status: 0, trouble };
    } finally {
      clearTimeout(timer);
      this.underWay.delete(ending);
    }
  }

  /** Ends what is under way. */
  abort(): void {
    for (const ending of this.underWay) ending.abort(new Error('The client was closed'));
  }
}
