import {
  ANONYMOUS,
  Authenticator,
  type Caller,
  CannotAuthenticateError,
  type Credentials,
  TooManyFailedLoginsError,
} from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { AccessMetrics } from './access.metrics.js';
import { keyTextOf } from './bearer.js';
import { FailedLogins } from './failed-logins.js';
import { keyOf } from './key.js';
import { KeyRing } from './key-ring.js';
import { UserTokens } from './user-tokens.js';

/** Knows callers by their API keys, and users by their tokens. Never asks the database. */
@Injectable()
export class AccessAuthenticator extends Authenticator {
  constructor(
    private readonly ring: KeyRing,
    private readonly tokens: UserTokens,
    private readonly failedLogins: FailedLogins,
    private readonly metrics: AccessMetrics,
  ) {
    super();
  }

  /**
   * Answers at once for keys, and for tokens that were seen before; credentials that are wrong wait
   * until they are counted.
   *
   * @throws CannotAuthenticateError while keys have never been read, or a token's key cannot be;
   * TooManyFailedLoginsError for wrong credentials that come too often.
   */
  identify(credentials: Credentials): Caller | null | Promise<Caller | null> {
    const text = keyTextOf(credentials.headers);
    if (text === undefined) return ANONYMOUS;
    const caller = text === null ? null : this.callerOf(text);
    return caller instanceof Promise
      ? caller.then((known) => this.counted(known, credentials))
      : this.counted(caller, credentials);
  }

  /** A key and a token are told apart by their shape. */
  private callerOf(text: string): Caller | null | Promise<Caller | null> {
    const key = keyOf(text);
    try {
      const caller = key === null ? this.tokens.callerOf(text) : this.ring.callerOf(key);
      return caller instanceof Promise ? caller.catch((error) => this.failed(error)) : caller;
    } catch (error) {
      return this.failed(error);
    }
  }

  private failed(error: unknown): never {
    if (error instanceof CannotAuthenticateError) this.metrics.cannotTell.inc();
    throw error;
  }

  private counted(caller: Caller | null, credentials: Credentials): Caller | Promise<null> {
    if (caller === null) return this.wrong(credentials);
    this.metrics.known.inc();
    return caller;
  }

  private async wrong(credentials: Credentials): Promise<null> {
    const waitMs = await this.failedLogins.note(credentials);
    (waitMs > 0 ? this.metrics.limited : this.metrics.unknown).inc();
    if (waitMs > 0) throw new TooManyFailedLoginsError(waitMs);
    return null;
  }
}
