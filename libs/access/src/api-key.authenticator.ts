import { ANONYMOUS, Authenticator, type Caller, type Credentials } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { AccessMetrics } from './access.metrics.js';
import { keyTextOf } from './bearer.js';
import { keyOf } from './key.js';
import { KeyRing } from './key-ring.js';

/** Knows callers by their API keys. Answers at once; never asks the database. */
@Injectable()
export class ApiKeyAuthenticator extends Authenticator {
  constructor(
    private readonly ring: KeyRing,
    private readonly metrics: AccessMetrics,
  ) {
    super();
  }

  /** @throws CannotAuthenticateError while keys have never been read. */
  identify({ headers }: Credentials): Caller | null {
    const text = keyTextOf(headers);
    if (text === undefined) return ANONYMOUS;
    const caller = text === null ? null : this.callerOf(text);
    (caller === null ? this.metrics.unknown : this.metrics.known).inc();
    return caller;
  }

  private callerOf(text: string): Caller | null {
    const key = keyOf(text);
    if (key === null) return null;
    try {
      return this.ring.callerOf(key);
    } catch (error) {
      this.metrics.cannotTell.inc();
      throw error;
    }
  }
}
