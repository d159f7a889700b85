/** What is being worked on, so that it stays bounded and its end can be awaited. */
export class InFlight {
  private readonly works = new Set<Promise<void>>();
  private held = 0;

  get count(): number {
    return this.works.size;
  }

  get bytes(): number {
    return this.held;
  }

  /** `work` never rejects. */
  add(bytes: number, work: Promise<void>): void {
    this.held += bytes;
    const done = work.finally(() => {
      this.works.delete(done);
      this.held -= bytes;
    });
    this.works.add(done);
  }

  /** Resolves as soon as it holds, which is asked whenever something ends; at once with nothing. */
  async until(holds: () => boolean): Promise<void> {
    while (this.works.size > 0 && !holds()) await Promise.race(this.works);
  }

  async settled(): Promise<void> {
    await this.until(() => false);
  }
}
