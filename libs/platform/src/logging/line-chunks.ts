import type { DestinationStream } from 'pino';

/** Characters that are worth a write. */
const CHUNK = 8192;

export interface Sink extends DestinationStream {
  flushSync?(): void;
}

/**
 * Hands lines on many at a time, or what there is at each `flush`. The sink underneath gathers too,
 * but measures all that it holds anew with every line, which copies kilobytes for each.
 */
export class LineChunks implements DestinationStream {
  private lines: string[] = [];
  private length = 0;

  constructor(private readonly sink: Sink) {}

  write(line: string): void {
    this.lines.push(line);
    this.length += line.length;
    if (this.length >= CHUNK) this.flush();
  }

  flush(): void {
    if (this.lines.length === 0) return;
    const chunk = this.lines.join('');
    this.lines = [];
    this.length = 0;
    this.sink.write(chunk);
  }

  /** Everything, before it returns. For the end of the process. */
  flushSync(): void {
    this.flush();
    this.sink.flushSync?.();
  }
}
