import { validateHeaderValue } from 'node:http';
import { FootfallError } from './footfall-error.js';

/** Where Footfall is, and as whom it is spoken to. */
export interface Address {
  /** Without a slash at its end. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
}

// Footfall sees a program in it, so that it is never taken for the browser of a visitor.
const USER_AGENT = 'footfall-client';

/**
 * User information of the endpoint becomes Basic authentication; a key goes before it.
 *
 * @throws FootfallError where the endpoint is no URL of HTTP, or the key none.
 */
export function addressOf(endpoint: string, key?: string): Address {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    // Not shown: it may hold a key.
    throw new FootfallError('invalid', 'The endpoint is no URL that begins with http or https');
  }
  return { base: url.origin + url.pathname.replace(/\/+$/, ''), headers: headersWith(url, key) };
}

function headersWith(url: URL, key = ''): Address['headers'] {
  try {
    const authorization = key.trim() ? `Bearer ${key.trim()}` : basicOf(url);
    const headers = {
      'content-type': 'application/json',
      'user-agent': USER_AGENT,
      ...(authorization !== null && { authorization }),
    };
    if (authorization !== null) validateHeaderValue('authorization', authorization);
    return headers;
  } catch {
    throw new FootfallError('invalid', 'The key cannot be sent in a header');
  }
}

function basicOf({ username, password }: URL): string | null {
  if (username === '' && password === '') return null;
  const words = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(words).toString('base64')}`;
}
