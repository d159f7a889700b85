import type { Caller } from '#libs/platform';
import { Injectable, Logger } from '@nestjs/common';

/** Who changed what callers may do. Never a key, nor the name that somebody gave it. */
@Injectable()
export class AccessLog {
  private readonly logger = new Logger('access');

  keyCreated(keyId: string, scopes: readonly string[], by: Caller): void {
    this.logger.log({ type: 'KEY_CREATED', keyId, scopes, by: { kind: by.kind, id: by.id } });
  }

  keyRotated(keyId: string, successorId: string, by: Caller): void {
    const who = { kind: by.kind, id: by.id };
    this.logger.log({ type: 'KEY_ROTATED', keyId, successorId, by: who });
  }

  keyRevoked(keyId: string, by: Caller): void {
    this.logger.log({ type: 'KEY_REVOKED', keyId, by: { kind: by.kind, id: by.id } });
  }
}
