import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { ExpressAdapter } from '@nestjs/platform-express';
import { goodbyeTo } from './last-words.js';
import { isStreaming } from './streamed-body.js';

/** Takes a request, or answers false and leaves it untouched. */
export type Front = (
  request: IncomingMessage,
  response: ServerResponse,
  awaitsContinue: boolean,
) => boolean;

/** What a sender may ask of the server. */
export interface ServerLimits {
  readonly headersTimeoutMs: number;
  /** Until the last byte of a body, unless its route streams it. */
  readonly requestTimeoutMs: number;
  readonly connectionsCheckingIntervalMs: number;
  /** Longer than a proxy's, so that it never sends into a connection that is being closed. */
  readonly keepAliveTimeoutMs: number;
  readonly maxHeaderBytes: number;
  readonly maxConnections: number;
  /** How long requests in flight may take once the server stops. */
  readonly drainMs: number;
}

export const SERVER_LIMITS: ServerLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
  connectionsCheckingIntervalMs: 2_000,
  keepAliveTimeoutMs: 65_000,
  maxHeaderBytes: 16 * 1024,
  maxConnections: 10_000,
  drainMs: 10_000,
};

const LAST_CALL_MS = 100;

const LATEST = Symbol('the latest answer on this connection');
type Line = Socket & { [LATEST]?: ServerResponse };

/**
 * Nest's Express, with room for a listener in front of it, strict limits and an orderly end.
 *
 * Nest's own options for HTTPS and for closing connections have no effect here.
 */
export class DoorAdapter extends ExpressAdapter {
  private readonly limits: ServerLimits;
  private readonly lines = new Set<Line>();
  private front: Front = () => false;
  private stoppingSinceMs: number | undefined;

  constructor(limits: Partial<ServerLimits> = {}) {
    super();
    this.limits = { ...SERVER_LIMITS, ...limits };
  }

  /** From now on `front` sees every request before Express does. */
  standInFront(front: Front): void {
    this.front = front;
  }

  override initHttpServer(): void {
    const express = this.getInstance<RequestListener>();
    const serve = (request: IncomingMessage, response: ServerResponse): void => {
      this.note(request, response);
      if (!this.front(request, response, false)) express(request, response);
    };
    const serveOnceContinued = (request: IncomingMessage, response: ServerResponse): void => {
      this.note(request, response);
      if (this.front(request, response, true)) return;
      response.writeContinue();
      express(request, response);
    };
    const { limits } = this;
    const server = createServer(
      {
        headersTimeout: limits.headersTimeoutMs,
        requestTimeout: limits.requestTimeoutMs,
        connectionsCheckingInterval: limits.connectionsCheckingIntervalMs,
        keepAliveTimeout: limits.keepAliveTimeoutMs,
        maxHeaderSize: limits.maxHeaderBytes,
        insecureHTTPParser: false,
        noDelay: true,
      },
      serve,
    );
    server.maxConnections = limits.maxConnections;
    answerHalfClosed(server);
    server.on('checkContinue', serveOnceContinued);
    server.on('checkExpectation', serve); // what we do not know we do not judge
    server.on('connection', (socket) => this.keepTrackOf(socket));
    server.on('clientError', (error, socket) => {
      const latest = (socket as Line)[LATEST];
      if (!isLongByRight(error, latest)) goodbyeTo(socket as Socket, error, latest);
    });
    this.httpServer = server;
  }

  /**
   * Every answer from now on closes its connection, so that senders leave by themselves. The
   * earlier this is called before `close`, the fewer connections are left to be closed under them.
   */
  override beforeClose(): void {
    super.beforeClose();
    this.stoppingSinceMs ??= performance.now();
    for (const line of this.lines) {
      const latest = line[LATEST];
      if (latest && !latest.headersSent) latest.shouldKeepAlive = false;
    }
  }

  /** Stops listening and lets requests in flight end; what is left after `drainMs` is cut off. */
  override async close(): Promise<void> {
    this.beforeClose();
    const server = this.httpServer as Server | undefined;
    if (!server?.listening) return;
    await this.lastCall();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const unused = setTimeout(() => this.closeUnused(), LAST_CALL_MS);
    const limit = setTimeout(() => server.closeAllConnections(), this.limits.drainMs);
    await closed;
    clearTimeout(unused);
    clearTimeout(limit);
  }

  /** At once and for good: a request that is read must be answered, so none may be read any more. */
  private closeUnused(): void {
    for (const line of this.lines) if (isUnused(line)) line.destroy();
  }

  /** Stopping to listen closes idle connections: what is on its way over them may still arrive. */
  private async lastCall(): Promise<void> {
    const sinceMs = performance.now() - (this.stoppingSinceMs ?? 0);
    if (sinceMs >= LAST_CALL_MS || this.lines.size === 0) return;
    await new Promise((resolve) => setTimeout(resolve, LAST_CALL_MS - sinceMs));
  }

  private note(request: IncomingMessage, response: ServerResponse): void {
    (request.socket as Line)[LATEST] = response;
    if (this.stoppingSinceMs !== undefined) response.shouldKeepAlive = false;
  }

  private keepTrackOf(socket: Line): void {
    this.lines.add(socket);
    socket.once('close', () => this.lines.delete(socket));
  }
}

/** Opened ahead, by a browser or a proxy, and never written to: Node would wait for its request. */
const isUnused = (line: Line): boolean => line[LATEST] === undefined && line.bytesRead === 0;

/** Node reports an expired request once, and forgets it until the connection's next one. */
const isLongByRight = (
  { code }: NodeJS.ErrnoException,
  latest: ServerResponse | undefined,
): boolean =>
  code === 'ERR_HTTP_REQUEST_TIMEOUT' &&
  latest !== undefined &&
  !latest.req.complete &&
  isStreaming(latest.req);

/** Who closes its side once all is said still hears the answer. Node has no typed option for it. */
function answerHalfClosed(server: Server): void {
  (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
}
