import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const BAD_REQUEST = '400 Bad Request';
const STATUS_LINES = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', '413 Content Too Large'],
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
]);
const LINGER_MS = 1000;

const dismissed = new WeakSet<Socket>();

/**
 * Ends a connection whose bytes are no request, or came too slowly. An answer that is still owed
 * to an earlier request of the connection goes first, and nothing follows it.
 */
export function goodbyeTo(
  socket: Socket,
  error: NodeJS.ErrnoException,
  latest: ServerResponse | undefined,
): void {
  if (dismissed.has(socket)) return;
  dismissed.add(socket);
  if (latest?.req.complete && !latest.writableFinished) {
    if (!latest.headersSent) latest.shouldKeepAlive = false;
    latest.once('close', () => dismiss(socket));
  } else if (socket.writable && error.code !== 'ECONNRESET' && !isHalfAnswered(latest)) {
    const line = STATUS_LINES.get(error.code ?? '') ?? BAD_REQUEST;
    socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    dismiss(socket);
  } else {
    socket.destroy();
  }
}

/** Closes after what was written has left; a peer that does not close its side is cut off. */
function dismiss(socket: Socket): void {
  socket.end();
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}

const isHalfAnswered = (latest: ServerResponse | undefined): boolean =>
  latest !== undefined && latest.headersSent && !latest.writableFinished;
