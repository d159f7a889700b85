import { FootfallError } from './footfall-error.js';

interface Waiter {
  readonly event: object;
  readonly enter: () => void;
  readonly refuse: (error: FootfallError) => void;
}

export interface Patience {
  readonly signal?: AbortSignal | undefined;
  readonly event: object;
  /** Asked only where the room stays full. */
  readonly trouble: () => unknown;
}

/** Room for so many events and no more: whoever comes later waits, first come, first served. */
export class Room {
  private readonly waiting = new Set<Waiter>();

  constructor(
    private free: number,
    private readonly patienceMs: number,
  ) {}

  /** @throws FootfallError where none came free in time, or the signal ended the waiting. */
  enter(patience: Patience): Promise<void> | undefined {
    if (this.free === 0) return this.wait(patience);
    this.free--;
    return undefined;
  }

  leave(): void {
    const [next] = this.waiting;
    if (next) next.enter();
    else this.free++;
  }

  refuseAll(why: (event: object) => FootfallError): void {
    for (const { event, refuse } of this.waiting) refuse(why(event));
  }

  private wait({ signal, event, trouble }: Patience): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        this.waiting.delete(waiter);
      };
      const refuse = (error: FootfallError): void => {
        done();
        reject(error);
      };
      const waiter: Waiter = {
        event,
        enter: () => {
          done();
          resolve();
        },
        refuse,
      };
      const abort = (): void => refuse(abortion(signal, event));
      const timer = setTimeout(() => {
        const message = `No room in the queue within ${this.patienceMs} ms`;
        refuse(new FootfallError('queue_full', message, { event, cause: trouble() }));
      }, this.patienceMs);
      signal?.addEventListener('abort', abort);
      this.waiting.add(waiter);
    });
  }
}

/** That a signal ended the waiting. */
export const abortion = (signal: AbortSignal | undefined, event?: object): FootfallError =>
  new FootfallError('aborted', 'The waiting was aborted', { event, cause: signal?.reason });
