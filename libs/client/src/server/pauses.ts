interface Pause {
  readonly notBefore: number;
  timer: NodeJS.Timeout;
  readonly end: () => void;
}

/** Waits between tries, which closing cuts short. They alone keep no process alive. */
export class Pauses {
  private readonly waiting = new Set<Pause>();

  /** `leastMs` is what Footfall asked for, and is kept even in a hurry. */
  wait(ms: number, leastMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(pause.timer);
        this.waiting.delete(pause);
        resolve();
      };
      const pause: Pause = {
        notBefore: Date.now() + leastMs,
        timer: setTimeout(end, ms).unref(),
        end,
      };
      this.waiting.add(pause);
    });
  }

  hurry(): void {
    for (const pause of this.waiting) {
      clearTimeout(pause.timer);
      pause.timer = setTimeout(pause.end, pause.notBefore - Date.now()).unref();
    }
  }

  end(): void {
    for (const pause of this.waiting) pause.end();
  }
}
