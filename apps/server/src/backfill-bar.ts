import type { Writable } from 'node:stream';
import type { BackfillView } from '#libs/contracts';
import { SingleBar } from 'cli-progress';

const LOOKS = { clearOnComplete: true, hideCursor: true, fps: 5 };
const FORMAT = '[{bar}] {percentage}% · {what}';

/** Shows a person at a terminal how far a backfill is; nobody else sees anything of it. */
export class BackfillBar {
  private readonly bar: SingleBar | null;

  constructor(screen: Writable & { readonly isTTY?: boolean }, { days }: BackfillView) {
    this.bar = screen.isTTY ? new SingleBar({ ...LOOKS, stream: screen, format: FORMAT }) : null;
    this.bar?.start(days, 0, { what: '' });
  }

  show(backfill: BackfillView): void {
    this.bar?.update(backfill.daysDone, { what: inWords(backfill) });
  }

  stop(): void {
    this.bar?.stop();
  }
}

function inWords({
  state,
  isStopping,
  currentDay,
  rowsPerSecond,
  secondsLeft,
}: BackfillView): string {
  if (state === 'queued') return 'waits for its turn';
  if (isStopping) return `stops after ${currentDay}`;
  const rate = rowsPerSecond === null ? '' : ` · ${rowsPerSecond} rows/s`;
  return `${currentDay ?? ''}${rate}${secondsLeft === null ? '' : ` · ${secondsLeft} s left`}`;
}
