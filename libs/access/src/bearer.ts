import type { IncomingHttpHeaders } from 'node:http';

/**
 * The text that a request bears as its key: `x-api-key`, else `Authorization` as Bearer, or as
 * Basic with the key as password. Undefined where it bears none; null where what it bears can be
 * no key of ours.
 */
export function keyTextOf(headers: IncomingHttpHeaders): string | null | undefined {
  const own = headers['x-api-key'];
  if (typeof own === 'string') return own.trim();
  const { authorization } = headers;
  if (authorization === undefined) return undefined;
  const [, scheme, credentials] = /^(\S+) +(\S+)$/.exec(authorization.trim()) ?? [];
  if (scheme === undefined || credentials === undefined) return null;
  return bySchemeOf(scheme.toLowerCase(), credentials);
}

function bySchemeOf(scheme: string, credentials: string): string | null {
  if (scheme === 'bearer') return credentials;
  if (scheme === 'basic') return passwordOf(credentials);
  return null;
}

function passwordOf(credentials: string): string | null {
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? null : pair.slice(colon + 1);
}
