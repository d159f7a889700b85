import type { IncomingMessage } from 'node:http';
import { gunzip } from 'node:zlib';

export type BodyFailure = 'too_large' | 'aborted' | 'encoding';

/** Hears the body, or why there is none, exactly once. `size`: bytes that came over the wire. */
export type BodyListener = (body: Buffer | BodyFailure, size: number) => void;

const NOTHING = Buffer.alloc(0);

/**
 * Collects a body of at most `limit` bytes. What comes after a failure is let go unread.
 *
 * Events and no promise: this runs for every request.
 */
export function collectBody(request: IncomingMessage, limit: number, listener: BodyListener): void {
  let first: Buffer | undefined;
  let chunks: Buffer[] | undefined;
  let size = 0;
  let settled = false;
  const settle = (body: Buffer | BodyFailure): void => {
    if (settled) return;
    settled = true;
    listener(body, size);
  };
  if (request.destroyed) {
    settle('aborted');
    return;
  }
  request.on('data', (chunk: Buffer) => {
    if (settled) return;
    size += chunk.length;
    if (size > limit) {
      first = chunks = undefined;
      settle('too_large');
    } else if (first === undefined) {
      first = chunk;
    } else {
      (chunks ??= [first]).push(chunk);
    }
  });
  request.on('end', () => settle(chunks ? Buffer.concat(chunks, size) : (first ?? NOTHING)));
  request.on('close', () => settle('aborted'));
}

/** Unpacks at most `limit` bytes: a bomb stops at the limit and costs no more. */
export function unpack(packed: Buffer, limit: number, listener: BodyListener): void {
  gunzip(packed, { maxOutputLength: limit }, (error, body) => {
    if (!error) listener(body, packed.length);
    else listener(isTooLarge(error) ? 'too_large' : 'encoding', packed.length);
  });
}

const isTooLarge = (error: NodeJS.ErrnoException): boolean => error.code === 'ERR_BUFFER_TOO_LARGE';
