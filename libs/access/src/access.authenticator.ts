import { ANONYMOUS, Authenticator, type Caller, type Credentials } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { AccessMetrics } from './access.metrics.js';
import { keyTextOf } from './bearer.js';
import { keyOf } from './key.js';
import { KeyRing } from './key-ring.js';
import { UserTokens } from './user-tokens.js';

/** Knows callers by their API keys, and users by their tokens. Never asks the database. */
@Injectable()
export class AccessAuthenticator extends Authenticator {
  constructor(
    private readonly ring: KeyRing,
    private readonly tokens: UserTokens,
    private readonly metrics: AccessMetrics,
  ) {
    super();
  }

  /**
   * Answers at once for keys, and for tokens that were seen before.
   *
   * @throws CannotAuthenticateError while keys have never been read.
   */
  identify({ headers }: Credentials): Caller | null | Promise<Caller | null> {
    const text = keyTextOf(headers);
    if (text === undefined) return ANONYMOUS;
    const caller = text === null ? null : this.callerOf(text);
    return caller instanceof Promise
      ? caller.then((known) => this.counted(known))
      : this.counted(caller);
  }

  /** A key and a token are told apart by their shape. */
  private callerOf(text: string): Caller | null | Promise<Caller | null> {
    const key = keyOf(text);
    if (key === null) return this.tokens.callerOf(text);
    try {
      return this.ring.callerOf(key);
    } catch (error) {
      this.metrics.cannotTell.inc();
      throw error;
    }
  }

  private counted(caller: Caller | null): Caller | null {
    (caller === null ? this.metrics.unknown : this.metrics.known).inc();
    return caller;
  }
}
