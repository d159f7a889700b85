import type { IncomingHttpHeaders } from 'node:http';
import { UnavailableError } from '../errors/unavailable.error.js';
import type { Caller } from './caller.js';

/** Where a request came from and what it bears: all that an authenticator may judge. */
export interface Credentials {
  readonly headers: IncomingHttpHeaders;
  /** The socket's own address, never a forwarded one. */
  readonly socketAddress: string | undefined;
}

/** Keys cannot be read at the moment: our fault, answered 503 with `Retry-After`, never 401. */
export class CannotAuthenticateError extends UnavailableError {
  override readonly name = 'CannotAuthenticateError';
}

/** Wrong credentials come too often from one place: 429 with `Retry-After`. Right ones still pass. */
export class TooManyFailedLoginsError extends Error {
  override readonly name = 'TooManyFailedLoginsError';
  readonly retryAfterSeconds: number;

  constructor(waitMs: number) {
    super('wrong credentials come too often');
    this.retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  }
}

/**
 * Says who is calling. The door and the guard ask the same one; access implements it.
 *
 * An abstract class rather than an interface, so that Nest can inject it by type.
 */
export abstract class Authenticator {
  /**
   * Answers null where credentials were sent and are not valid, and an anonymous caller where
   * none were sent. Synchronous while keys are in memory, since the door asks it per request.
   *
   * @throws CannotAuthenticateError while keys cannot be read, TooManyFailedLoginsError in place of
   * null where that was answered too often.
   */
  abstract identify(credentials: Credentials): Caller | null | Promise<Caller | null>;
}
