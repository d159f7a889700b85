import { Keyv } from 'keyv';

/**
 * Where answers are kept as JSON text, each for its own time: a store of Keyv that also finds what
 * it holds by the beginning of keys.
 */
export abstract class AnswerStore {
  /** Keyv's own. */
  readonly opts: unknown = {};

  abstract get(key: string): Promise<string | undefined>;

  abstract set(key: string, text: string, ttlMs?: number): Promise<void>;

  abstract delete(key: string): Promise<boolean>;

  abstract clear(): Promise<void>;

  /** Every key that begins so. What is stored meanwhile may be among them or not. */
  abstract keysFrom(beginning: string): AsyncGenerator<readonly string[], void>;

  /** Keyv wants to listen; what goes wrong here is thrown. */
  on(): this {
    return this;
  }
}

/** Keys are stored as they are, and answers as nothing but their JSON. */
export const keyvOn = (store: AnswerStore): Keyv =>
  new Keyv({
    store,
    namespace: undefined,
    useKeyPrefix: false,
    throwOnErrors: true,
    serialize: ({ value }) => JSON.stringify(value),
    deserialize: (text) => ({ value: JSON.parse(text) }),
  });
