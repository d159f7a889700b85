import { retryAfterMs } from '../retry.js';

/** How much may be on its way by keepalive at once: browsers refuse more than 64 KiB of the whole page. */
const OUTLIVING_BYTES = 60_000;
const TIMEOUT_MS = 20_000;
const JSON_TYPE = 'application/json';

export interface Post {
  readonly url: string;
  readonly body: string;
  readonly bytes: number;
  readonly headers: Readonly<Record<string, string>> | undefined;
  /** Whether it has to live on when the page dies. */
  readonly outlives: boolean;
  /** The page may die at any moment. */
  readonly leaving: boolean;
}

export interface Answer {
  /** 0 where there is none: whether the events have arrived is not known. */
  readonly status: number;
  readonly text?: string;
  readonly retryAfterMs?: number | undefined;
}

// Of all senders of the page, because the browser counts the page.
let outliving = 0;

/** The bytes that may still go by keepalive now. */
export const outlivingRoom = (): number => OUTLIVING_BYTES - outliving;

const knowsKeepalive = (): boolean =>
  typeof Request !== 'undefined' && 'keepalive' in Request.prototype;

const NO_ANSWER: Answer = { status: 0 };

/** A beacon bears no headers: where some are needed it would say something else. */
const beacon = ({ url, body, headers, leaving }: Post): boolean =>
  leaving && !headers && navigator.sendBeacon?.(url, new Blob([body], { type: JSON_TYPE }));

/** Sends once. Never rejects: what fails, is refused or takes too long has no answer. */
export const post = async (request: Post): Promise<Answer> => {
  const { url, body, bytes, headers, leaving } = request;
  const keepalive = request.outlives && knowsKeepalive();
  if (keepalive) outliving += bytes;
  let timer;
  try {
    if (leaving && !keepalive && beacon(request)) return NO_ANSWER;
    const abort = new AbortController();
    timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE, ...headers },
      body,
      keepalive,
      credentials: 'omit',
      signal: abort.signal,
    });
    return {
      status: response.status,
      text: await response.text(),
      retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
    };
  } catch {
    try {
      if (keepalive) beacon(request);
    } catch {
      // A browser that refuses both: the events wait.
    }
    return NO_ANSWER;
  } finally {
    clearTimeout(timer);
    if (keepalive) outliving -= bytes;
  }
};
