import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface StubRequest {
  readonly path: string;
  readonly contentType: string | undefined;
  readonly cookie: string | undefined;
  /** One, or the members of a batch. */
  readonly events: readonly { readonly eventId: string }[];
  readonly bytes: number;
  readonly at: number;
}

export interface StubAnswer {
  readonly status: number;
  readonly body?: object;
  readonly retryAfter?: string;
}

/** Undefined: it never answers. */
export type Answering = (
  request: StubRequest,
  number: number,
) => StubAnswer | undefined | Promise<StubAnswer | undefined>;

/** A door that answers as a test wants it, where Footfall itself cannot be made to. */
export class StubDoor {
  readonly requests: StubRequest[] = [];
  answering: Answering = () => ({ status: 204 });

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<StubDoor> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const door = new StubDoor(server, `http://127.0.0.1:${port}/events`);
    server.on('request', (request, response) => void door.serve(request, response));
    return door;
  }

  /** The ids of all events, in the order of their arrival, as often as they came. */
  get arrived(): string[] {
    return this.requests.flatMap(({ events }) => events.map(({ eventId }) => eventId));
  }

  forget(): void {
    this.requests.length = 0;
    this.answering = () => ({ status: 204 });
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response
      .setHeader('access-control-allow-origin', request.headers.origin ?? '*')
      .setHeader('access-control-allow-credentials', 'true')
      .setHeader('access-control-allow-headers', 'content-type')
      .setHeader('access-control-expose-headers', 'retry-after');
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    const body = await text(request);
    const events = [JSON.parse(body) as { eventId: string } | { eventId: string }[]].flat();
    const path = request.url ?? '';
    const { 'content-type': contentType, cookie } = request.headers;
    const bytes = Buffer.byteLength(body);
    const seen = { path, contentType, cookie, events, bytes, at: Date.now() };
    this.requests.push(seen);
    const answer = await this.answering(seen, this.requests.length);
    if (!answer) return;
    if (answer.retryAfter) response.setHeader('retry-after', answer.retryAfter);
    response.writeHead(answer.status).end(answer.body && JSON.stringify(answer.body));
  }
}

/** What a batch door says where all is well. */
export const allAccepted = ({ path, events }: StubRequest): StubAnswer =>
  path.endsWith('/batch')
    ? { status: 200, body: { results: events.map(() => ({ verdict: 'accepted' })) } }
    : { status: 204 };
