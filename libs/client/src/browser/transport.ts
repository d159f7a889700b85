import { retryAfterMs } from '../retry.js';

/** How much may be on its way by keepalive at once: browsers refuse more than 64 KiB of the whole page. */
const OUTLIVING_BYTES = 60_000;
const TIMEOUT_MS = 20_000;
const BEACON_MS = 5000;
const JSON_TYPE = 'application/json';

type Headers = Readonly<Record<string, string>>;

export interface Post {
  readonly url: string;
  readonly body: string;
  readonly bytes: number;
  readonly headers: (() => Headers | undefined) | undefined;
  /** It lives on when the page dies. */
  readonly keepalive: boolean;
  /** The page may die at any moment: a beacon takes the place of what cannot live on. */
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

/** Whether so many bytes may go by keepalive: some browsers know none. */
export const mayOutlive = (bytes: number): boolean =>
  typeof Request !== 'undefined' && 'keepalive' in Request.prototype && bytes <= outlivingRoom();

const NO_ANSWER: Answer = { status: 0 };

/** A beacon is on its way for a while, and nobody is told how it ends. */
const unknown = (): Promise<Answer> =>
  new Promise((resolve) => {
    setTimeout(resolve, BEACON_MS, NO_ANSWER);
  });

/** A beacon bears no headers: where some are needed it would say something else. */
const beacon = ({ url, body, headers, leaving }: Post): boolean => {
  try {
    const blob = new Blob([body], { type: JSON_TYPE });
    return leaving && !headers?.() && navigator.sendBeacon(url, blob);
  } catch {
    return false;
  }
};

/** Sends once. Never rejects: what fails, is refused or takes too long has no answer. */
export const post = async (request: Post): Promise<Answer> => {
  const { url, body, bytes, headers, keepalive, leaving } = request;
  if (keepalive) outliving += bytes;
  let timer;
  try {
    if (leaving && !keepalive && beacon(request)) return await unknown();
    const abort = new AbortController();
    timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE, ...headers?.() },
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
    return keepalive && beacon(request) ? unknown() : NO_ANSWER;
  } finally {
    clearTimeout(timer);
    if (keepalive) outliving -= bytes;
  }
};
