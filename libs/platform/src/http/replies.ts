import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DoorFigures } from './door.metrics.js';
import type { Visit } from './visit.js';

/** Names and values in turn, as Node takes them without copying. */
export type Headers = readonly string[];

const LINGER_MS = 1000;
const MOST_DRAINED = 1024 * 1024;
const FOR_ANY_ORIGIN: Headers = ['Vary', 'Origin'];

/** Writes the answers of one door, refusals included, with CORS headers where it declares them. */
export class Replies {
  constructor(
    private readonly cors: boolean,
    private readonly bodyLimit: number,
    private readonly figures: DoorFigures,
  ) {}

  send(visit: Visit, status: number, headers: Headers, body?: string): void {
    const { request, response } = visit;
    response.writeHead(status, this.headersFor(request, status, headers, body));
    response.end(body);
    this.figures.answered(visit.startedMs);
  }

  /** Answers while the body may still be on its way. */
  sendEarly(visit: Visit, status: number, headers: Headers, body: string): void {
    if (this.leavesTooMuch(visit)) this.sendAndPart(visit, status, headers, body);
    else this.send(visit, status, headers, body);
  }

  /** Whether the rest of the body is not worth reading, only to keep the connection. */
  private leavesTooMuch({ request, awaitsContinue }: Visit): boolean {
    if (request.complete) return false;
    const { headers } = request;
    return (
      awaitsContinue ||
      headers['transfer-encoding'] !== undefined ||
      Number(headers['content-length'] ?? 0) > this.bodyLimit
    );
  }

  /**
   * Closes the connection, but only after a little more of the body was read, or the reset of the
   * connection would reach the sender before the answer does.
   */
  private sendAndPart(visit: Visit, status: number, headers: Headers, body: string): void {
    const { request, response } = visit;
    response.shouldKeepAlive = false;
    response.writeHead(status, this.headersFor(request, status, headers, body));
    response.write(body);
    endAfterDraining(request, response);
    this.figures.answered(visit.startedMs);
  }

  /** Tells a browser that any origin may post here, with the headers that are declared. */
  preflight(request: IncomingMessage, response: ServerResponse, allowed: readonly string[]): void {
    response.writeHead(204, [
      ...this.crossOrigin(request),
      ...['Access-Control-Allow-Methods', 'POST'],
      ...['Access-Control-Allow-Headers', allowed.join(', ')],
      ...['Access-Control-Max-Age', '7200'],
    ]);
    response.end();
  }

  private headersFor(
    request: IncomingMessage,
    status: number,
    headers: Headers,
    body: string | undefined,
  ): string[] {
    const all = this.cors ? [...this.crossOrigin(request), ...headers] : [...headers];
    if (body !== undefined) {
      all.push('Content-Type', 'application/json', 'Content-Length', `${Buffer.byteLength(body)}`);
    } else if (status !== 204) {
      all.push('Content-Length', '0');
    }
    return all;
  }

  /** A beacon is a credentialed request: the origin is echoed exactly, `*` would fail. */
  private crossOrigin({ headers: { origin } }: IncomingMessage): Headers {
    if (origin === undefined || !isOrigin(origin)) return FOR_ANY_ORIGIN;
    return [
      ...['Access-Control-Allow-Origin', origin],
      ...['Access-Control-Allow-Credentials', 'true'],
      ...['Access-Control-Expose-Headers', 'Retry-After'],
      ...FOR_ANY_ORIGIN,
    ];
  }
}

/** One origin, without anything that could end a header or begin a list. */
const isOrigin = (text: string): boolean => /^[!-+\--~]+$/.test(text);

function endAfterDraining(request: IncomingMessage, response: ServerResponse): void {
  let drained = 0;
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.on('data', (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > MOST_DRAINED) request.pause();
  });
  request.once('end', end);
  request.once('close', end);
  request.resume();
}
