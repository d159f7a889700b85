import { createSender, type DropReason, type Queue, type Sender } from './sender.js';

/** What trackers of all kinds are told. */
export interface DoorOptions {
  /** Footfall's base URL, such as `https://footfall.example.com`. Empty: nothing is ever sent. */
  readonly endpoint: string;
  /** `durableQueue()`: what is not sent yet survives the page. In memory where it is left out. */
  readonly queue?: Queue | undefined;
  /**
   * False: nothing is made, stored or sent until `set({ enabled: true })`, and nothing is made up
   * for afterwards. For pages that wait for consent.
   */
  readonly enabled?: boolean | undefined;
  /**
   * Told of every event that will not be delivered, and why; of one that could not even be made, its
   * `name` and the `error`.
   */
  readonly onDropped?: ((event: object, reason: DropReason) => void) | undefined;
}

type Headers = () => Readonly<Record<string, string>> | undefined;

/** As many as the door takes from anybody. */
const MOST_IN_BATCH = 50;

/** A page that is being rendered on a server is none: trackers are made there, and do nothing. */
export const isPage = (): boolean => typeof document !== 'undefined';

/** Does what must never disturb the page, whatever it was given. */
export const quietly = (work: () => void, otherwise?: (error: unknown) => void): void => {
  try {
    work();
  } catch (error) {
    if (otherwise) quietly(() => otherwise(error));
  }
};

/** The way to one contract's door; closed until `open`, which may be called again. */
export const doorTo = (path: string, options: DoorOptions, headers?: Headers) => {
  const { endpoint, queue, onDropped } = options;
  let sender: Sender | undefined;
  let isClosed = false;

  return {
    open: (): void => {
      if (isClosed || !endpoint) return;
      const url = endpoint.replace(/\/+$/, '') + path;
      sender ??= createSender({ url, queue, onDropped, headers, mostInBatch: MOST_IN_BATCH });
    },
    /** An event that cannot be made is dropped, like one that cannot be written. */
    send: (name: string, make: () => object, precious?: RegExp): void => {
      quietly(
        () => sender?.send(make(), { precious: !!precious?.test(name) }),
        (error) => onDropped?.({ name, error }, 'unserializable'),
      );
    },
    flush: async (): Promise<void> => sender?.flush(),
    close: (): void => {
      isClosed = true;
      sender?.close();
    },
  };
};
