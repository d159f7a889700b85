import { LRUCache } from 'lru-cache';
import { AnswerStore } from './answer-store.js';

/** Dashboards that are looked at within an hour; the one that was not asked for longest gives way. */
const MOST_ANSWERS = 10_000;
const MOST_CHARACTERS = 32 * 1024 * 1024;

/** Answers in this process, within bounds, however many different questions are asked. */
export class MemoryAnswers extends AnswerStore {
  private readonly answers = new LRUCache<string, string>({
    max: MOST_ANSWERS,
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (text, key) => text.length + key.length,
  });

  override async get(key: string): Promise<string | undefined> {
    return this.answers.get(key);
  }

  override async set(key: string, text: string, ttlMs = 0): Promise<void> {
    this.answers.set(key, text, { ttl: ttlMs });
  }

  override async delete(key: string): Promise<boolean> {
    return this.answers.delete(key);
  }

  override async clear(): Promise<void> {
    this.answers.clear();
  }

  override async *keysFrom(beginning: string): AsyncGenerator<readonly string[], void> {
    yield [...this.answers.keys()].filter((key) => key.startsWith(beginning));
  }
}
