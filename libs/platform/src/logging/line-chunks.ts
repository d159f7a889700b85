import type { DestinationStream } from 'pino';

/** Bytes that are worth a write. */
const CHUNK = 32 * 1024;

/** Takes what was gathered as bytes, and may keep them. */
export interface Sink {
  write(chunk: Buffer): unknown;
  flushSync?(): void;
}

/**
 * Hands lines on many at a time, or what there is at each `flush`: encoded as they come, so that
 * nothing of a line is left behind as garbage that lives until its chunk is written.
 */
export class LineChunks implements DestinationStream {
  private chunk = Buffer.allocUnsafeSlow(CHUNK);
  private size = 0;

  constructor(private readonly sink: Sink) {}

  write(line: string): void {
    const most = 3 * line.length; // no text of UTF-16 takes more
    if (this.size + most > CHUNK) this.flush();
    if (most > CHUNK) this.sink.write(Buffer.from(line));
    else this.size += this.chunk.write(line, this.size);
  }

  flush(): void {
    if (this.size === 0) return;
    const filled = this.chunk.subarray(0, this.size);
    this.chunk = Buffer.allocUnsafeSlow(CHUNK);
    this.size = 0;
    this.sink.write(filled);
  }

  /** Everything, before it returns. For the end of the process. */
  flushSync(): void {
    this.flush();
    this.sink.flushSync?.();
  }
}
