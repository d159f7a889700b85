/** Wakes the one who waits. Rung beforehand, it ends the next wait at once. */
export class Bell {
  private rung = false;
  private wake: () => void = () => undefined;

  ring(): void {
    this.rung = true;
    this.wake();
  }

  /** Resolves when the bell rings, or after `withinMs` where that is given. */
  async heard(withinMs: number | null): Promise<void> {
    if (!this.rung) {
      await new Promise<void>((resolve) => {
        const timer = withinMs === null ? undefined : setTimeout(resolve, withinMs);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.wake = () => undefined;
    this.rung = false;
  }
}
