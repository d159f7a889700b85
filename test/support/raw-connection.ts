import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A connection byte by byte, for what no HTTP client would send. */
export class RawConnection {
  private received = Buffer.alloc(0);
  private ended = false;
  private wake: () => void = () => undefined;
  readonly closed: Promise<void>;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      this.wake();
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.ended = true;
        this.wake();
        resolve();
      });
    });
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  send(...parts: (string | Buffer)[]): this {
    for (const part of parts) this.socket.write(part);
    return this;
  }

  /** The next answer, whole; null where the connection ends without one. */
  async answer(): Promise<RawAnswer | null> {
    for (;;) {
      const answer = this.take();
      if (answer || this.ended) return answer;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  private take(): RawAnswer | null {
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return null;
    const [statusLine = '', ...lines] = this.received.toString('latin1', 0, end).split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    const bodyEnd = this.bodyEnd(end + 4, headers);
    if (bodyEnd === null || this.received.length < bodyEnd) return null;
    const body = this.received.toString('utf8', end + 4, bodyEnd);
    this.received = this.received.subarray(bodyEnd);
    return { status: Number(statusLine.split(' ')[1]), headers, body };
  }

  /** Chunks are not put together: only where they end is of interest. */
  private bodyEnd(start: number, headers: Readonly<Record<string, string>>): number | null {
    if (headers['transfer-encoding'] !== 'chunked') {
      return start + Number(headers['content-length'] ?? 0);
    }
    const last = this.received.indexOf('0\r\n\r\n', start);
    return last < 0 ? null : last + 5;
  }

  close(): void {
    this.socket.destroy();
  }
}

/** A request as text; `Content-Length` is right unless the headers say otherwise. */
export function rawPost(
  path: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string | undefined>> = {},
): Buffer {
  const bytes = Buffer.from(body);
  const all: Record<string, string | undefined> = {
    Host: 'test',
    'Content-Type': 'application/json',
    'Content-Length': String(bytes.length),
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return Buffer.concat([
    Buffer.from([`POST ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n')),
    bytes,
  ]);
}
