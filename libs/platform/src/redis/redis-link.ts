import { RedisAwayError } from './redis-away.error.js';
import { within } from './within.js';

const CONNECT_WITHIN_MS = 2000;
const SILENT_AFTER_MS = 1000;
/** Commands wait here while Redis is slow; doubt stops that long before. */
const MOST_WAITING = 10_000;

/** Its four hundred modules are loaded where there is a Redis, and nowhere else. */
const clientOf = async (url: string) => {
  const { createClient } = await import('@redis/client');
  return createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_WAITING,
    socket: { connectTimeout: CONNECT_WITHIN_MS, reconnectStrategy: false },
  });
};

export type RedisClient = Awaited<ReturnType<typeof clientOf>>;

/**
 * One connection, from Redis' greeting to its end. It never reconnects: whoever holds it opens
 * another.
 *
 * A Redis that hangs keeps its connections open. So an answer that comes too late puts the link in
 * doubt: nothing more is asked until a ping was answered, and without an answer the link ends.
 */
export class RedisLink {
  private readonly ending = new AbortController();
  private inDoubt = false;

  private constructor(private readonly client: RedisClient) {
    client.on('error', (error: unknown) => this.close(error));
  }

  /** @throws where Redis is away, refuses us, does not greet us in time, or `stop` comes first. */
  static async open(url: string, stop: AbortSignal): Promise<RedisLink> {
    const link = new RedisLink(await clientOf(url));
    const end = (): void => link.close(stop.reason);
    stop.addEventListener('abort', end, { once: true });
    link.over.addEventListener('abort', () => stop.removeEventListener('abort', end));
    try {
      stop.throwIfAborted();
      await within(CONNECT_WITHIN_MS, link.client.connect());
      return link;
    } catch (error) {
      link.close(error);
      throw error;
    }
  }

  get isAnswering(): boolean {
    return this.client.isReady && !this.inDoubt;
  }

  /** Aborted, with the reason, once the connection is lost or closed. */
  get over(): AbortSignal {
    return this.ending.signal;
  }

  /** @throws RedisAwayError where the answer is late, or what Redis itself says. */
  async ask<Answer>(
    limitMs: number,
    question: (client: RedisClient) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await within(limitMs, question(this.client));
    } catch (error) {
      if (error instanceof RedisAwayError && !this.inDoubt) {
        this.inDoubt = true;
        void this.listen();
      }
      throw error;
    }
  }

  /** Ends the link where Redis has fallen silent. Never rejects. */
  async listen(): Promise<void> {
    try {
      await within(SILENT_AFTER_MS, this.client.ping());
      this.inDoubt = false;
    } catch (error) {
      this.close(error);
    }
  }

  private close(reason: unknown): void {
    this.ending.abort(reason);
    if (this.client.isOpen) this.client.destroy();
  }
}
