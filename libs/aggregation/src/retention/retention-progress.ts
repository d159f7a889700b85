import type { Writable } from 'node:stream';
import type { RetentionPreview } from '#libs/contracts';
import { SingleBar } from 'cli-progress';

const FORMAT = '[{bar}] {percentage}% · {value} of {total} rows';
const LOOKS = { clearOnComplete: true, hideCursor: true, fps: 5 };

/** Shows a person at a terminal how far it is; nobody else sees anything of it. */
export class RetentionProgress {
  private readonly bar: SingleBar | null;

  constructor(screen: Writable & { readonly isTTY?: boolean }, preview: RetentionPreview) {
    this.bar = screen.isTTY ? new SingleBar({ ...LOOKS, stream: screen, format: FORMAT }) : null;
    this.bar?.start(rowsOf(preview), 0);
  }

  gone({ rows }: { readonly rows: number }): void {
    this.bar?.increment(rows);
  }

  stop(): void {
    this.bar?.stop();
  }
}

const rowsOf = ({ contracts, rejectedEvents }: RetentionPreview): number =>
  contracts.reduce(
    (sum, { partitions, defaultRows, eventKeys, notes }) =>
      sum + partitions.reduce((all, { rows }) => all + rows, 0) + defaultRows + eventKeys + notes,
    rejectedEvents.rows,
  );
