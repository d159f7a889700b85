import type { Redis } from '#libs/platform';
import { AnswerStore } from './answer-store.js';

/** A dashboard that is asked for anew takes no longer. */
const ANSWER_WITHIN_MS = 50;
/** Whoever has answers forgotten waits for it. */
const SCAN_WITHIN_MS = 1000;
const KEYS_A_SCAN = 1000;

/** Answers that all processes share. Every question has a time limit; whoever asks goes on without. */
export class RedisAnswers extends AnswerStore {
  constructor(private readonly redis: Redis) {
    super();
  }

  override async get(key: string): Promise<string | undefined> {
    const text = await this.redis.ask(ANSWER_WITHIN_MS, (client) => client.get(key));
    return text ?? undefined;
  }

  override async set(key: string, text: string, ttlMs = 0): Promise<void> {
    await this.redis.ask(ANSWER_WITHIN_MS, (client) =>
      ttlMs > 0 ? client.pSetEx(key, ttlMs, text) : client.set(key, text),
    );
  }

  override async delete(key: string): Promise<boolean> {
    return (await this.redis.ask(SCAN_WITHIN_MS, (client) => client.unlink(key))) > 0;
  }

  /** Redis may be shared: nothing but what has a name of ours is ever removed. */
  override async clear(): Promise<void> {
    for await (const keys of this.keysFrom('analytics:')) {
      for (const key of keys) await this.delete(key);
    }
  }

  /** By `SCAN`, which lets others have their turn; `KEYS` would hold up all that use this Redis. */
  override async *keysFrom(beginning: string): AsyncGenerator<readonly string[], void> {
    const options = { MATCH: `${literal(beginning)}*`, COUNT: KEYS_A_SCAN };
    let cursor = '0';
    do {
      const from = cursor;
      const found = await this.redis.ask(SCAN_WITHIN_MS, (client) => client.scan(from, options));
      yield found.keys;
      cursor = found.cursor;
    } while (cursor !== '0');
  }
}

/** The text itself, as Redis' patterns spell it. */
const literal = (text: string): string => text.replace(/[\\*?[\]^-]/g, '\\$&');
