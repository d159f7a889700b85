import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Address } from './address.js';

/** What came back, if anything did. */
export type Answer =
  | { readonly status: number; readonly retryAfter: string | null; readonly text: string }
  | { readonly status: 0; readonly trouble: unknown };

/** Below the time after which servers and proxies close what is idle, so that no request meets that. */
const IDLE_MS = 30_000;

/**
 * Posts JSON to Footfall over connections that stay open, and follows no redirection. Not by
 * `fetch`: events that go one by one cost eight times as much that way.
 */
export class Transport {
  private readonly agent: Agent;
  private readonly request: typeof request;
  private readonly underWay = new Set<ClientRequest>();

  constructor(
    private readonly address: Address,
    private readonly timeoutMs: number,
  ) {
    const isTls = address.base.startsWith('https:');
    const options = { keepAlive: true, timeout: IDLE_MS };
    this.agent = isTls ? new TlsAgent(options) : new Agent(options);
    this.request = isTls ? tlsRequest : request;
  }

  /** Never rejects. */
  async post(path: string, body: string): Promise<Answer> {
    const posted = this.posted(path, body);
    let late: Error | undefined;
    const timer = setTimeout(() => {
      late = new Error(`No answer within ${this.timeoutMs} ms`);
      posted.destroy(late);
    }, this.timeoutMs);
    this.underWay.add(posted);
    try {
      const [response] = (await once(posted, 'response')) as [IncomingMessage];
      const { statusCode: status = 0, headers } = response;
      // A body that is not read to its end costs the connection.
      return { status, retryAfter: headers['retry-after'] ?? null, text: await text(response) };
    } catch (trouble) {
      return { status: 0, trouble: late ?? trouble };
    } finally {
      clearTimeout(timer);
      this.underWay.delete(posted);
    }
  }

  /** Ends what is under way, and closes the connections. */
  close(): void {
    for (const posted of this.underWay) posted.destroy(new Error('The client was closed'));
    this.agent.destroy();
  }

  private posted(path: string, body: string): ClientRequest {
    const { base, headers } = this.address;
    const posted = this.request(base + path, {
      method: 'POST',
      agent: this.agent,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    });
    posted.on('error', () => undefined); // it may come after the answer, to nobody
    return posted.end(body);
  }
}
