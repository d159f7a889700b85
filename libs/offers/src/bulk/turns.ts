import { setImmediate as otherWork } from 'node:timers/promises';

/** A request takes several turns of the process, each behind one of ours. */
const MOST_MS = 1;

/** Cuts long work into short turns, between which whatever else the process does has its own. */
export class Turns {
  private beganMs = performance.now();

  /** Whether it is time to give way. */
  get isOver(): boolean {
    return performance.now() - this.beganMs >= MOST_MS;
  }

  async giveWay(): Promise<void> {
    await otherWork();
    this.beganMs = performance.now();
  }
}
