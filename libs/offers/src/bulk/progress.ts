import type { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';

const LOOKS = { clearOnComplete: true, hideCursor: true, fps: 5 };

/** Shows a person at a terminal how far it is; nobody else sees anything of it. */
export class Progress {
  private readonly startedMs = performance.now();
  private readonly bar: SingleBar | null;
  private done = 0;
  private lines = 0;

  /** `total` bytes to come; null where nobody knows. */
  constructor(
    screen: Writable & { readonly isTTY?: boolean },
    private readonly total: number | null,
    noun: string,
  ) {
    const format = `${total === null ? '' : '[{bar}] {percentage}% · '}{lines} ${noun} · {rate}/s`;
    this.bar = screen.isTTY ? new SingleBar({ ...LOOKS, stream: screen, format }) : null;
    this.bar?.start(total ?? 0, 0, this.figures());
  }

  addBytes(bytes: number): void {
    this.done += bytes;
    this.bar?.update(this.total === null ? 0 : this.done, this.figures());
  }

  setLines(lines: number): void {
    this.lines = lines;
    this.bar?.update(this.figures());
  }

  stop(): void {
    this.bar?.stop();
  }

  get seconds(): number {
    return (performance.now() - this.startedMs) / 1000;
  }

  private figures(): { readonly lines: number; readonly rate: number } {
    return { lines: this.lines, rate: Math.round(this.lines / Math.max(this.seconds, 0.001)) };
  }
}
