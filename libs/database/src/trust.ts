/**
 * Which idle connections are still worth a try. Where one fell silent, those that answered last
 * before that may hang on the same dead network: each would cost a whole time limit to find out.
 */
export class Trust<Client extends object> {
  private readonly answeredAt = new WeakMap<Client, number>();
  private silentSince = -Infinity;

  answered(client: Client, at: number): void {
    this.answeredAt.set(client, at);
  }

  /** A statement that began `since` then was never answered. */
  fellSilent(since: number): void {
    this.silentSince = Math.max(this.silentSince, since);
  }

  /** A connection that was just made has answered nobody yet, and is trusted. */
  isLostIn(client: Client): boolean {
    const at = this.answeredAt.get(client);
    return at !== undefined && at < this.silentSince;
  }
}
