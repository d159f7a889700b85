import { type Options, Presets, SingleBar } from 'cli-progress';
import { DEMO_DAYS } from './demo-plan.js';

const LINE_EVERY_DAYS = 10;

/** Shows how far a demo is: a bar for a person, a line now and then for a file. */
export class DemoProgress {
  private readonly bar: SingleBar | null;

  constructor(private readonly stream: NodeJS.WriteStream) {
    const options: Options = {
      stream,
      format: 'Demo [{bar}] {value} of {total} days',
      hideCursor: true,
    };
    this.bar = stream.isTTY ? new SingleBar(options, Presets.shades_grey) : null;
  }

  /** So many days are on their way. */
  reached(days: number): void {
    if (this.bar === null) this.line(days);
    else if (days === 1) this.bar.start(DEMO_DAYS, days);
    else this.bar.update(days);
  }

  end(): void {
    this.bar?.stop();
  }

  private line(days: number): void {
    if (days % LINE_EVERY_DAYS === 0) this.stream.write(`Demo: ${days} of ${DEMO_DAYS} days\n`);
  }
}
